package dev.latchkey.operator;

import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.KeySchedule.ScheduledKey;
import dev.latchkey.signing.KeySchedule.Stage;
import dev.latchkey.signing.SigningKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves signing keys through their life: NEXT, CURRENT, RETIRED, removed. A step that verifiers
/// could notice is refused.
///
/// Public keys are read, and nothing is signed.
record SigningKeyRotation(SigningKeys keys, InstantSource clock) {

  /// What there is and what comes next.
  Answer plan() {
    var schedule = keys.schedule();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("keys", schedule.keys().stream().map(this::entry).toList());
    SigningKeyStep.after(schedule)
        .ifPresentOrElse(
            step -> {
              facts.put("step", step.kind().name());
              facts.put("key", step.key().arn());
              facts.put("notBefore", Instant.ofEpochSecond(step.notBefore()).toString());
              facts.put("isDue", step.isDue(now()));
            },
            () -> facts.put("step", "ADD"));
    return new Answer.Done(List.of(), facts);
  }

  /// Publishes another key.
  Answer add(String arn, boolean dryRun) {
    var kept = keys.kept().find();
    var schedule = kept.orElse(keys.first());
    if (schedule.find(arn).isPresent()) {
      return new Answer.Done(List.of(), Map.of("keys", List.of(entry(schedule.find(arn).get()))));
    }
    if (schedule.in(Stage.NEXT).isPresent()) {
      return new Answer.Refused(
          "next_key_exists",
          "Key %s is the next one. Drop it before you add another."
              .formatted(schedule.in(Stage.NEXT).get().arn()));
    }
    try {
      var _ = keys.signer().keyId(arn);
    } catch (Unavailable e) {
      return new Answer.Refused(
          "unusable_key",
          "There is no RSA key %s that can be read. Name it in FurtherSigningKeys and deploy first. Where that is done, try again."
              .formatted(arn));
    }
    var added = schedule.withNext(arn, now());
    return replace(kept, added, List.of("Key %s is published.".formatted(arn)), dryRun);
  }

  /// Takes the step that [#plan] names, if it is safe now.
  Answer apply(boolean dryRun) {
    var kept = keys.kept().find();
    var schedule = kept.orElse(keys.first());
    var step = SigningKeyStep.after(schedule);
    if (step.isEmpty()) {
      return new Answer.Done(List.of(), Map.of());
    }
    if (!step.get().isDue(now())) {
      return new Answer.Refused("too_early", step.get().tooEarly());
    }
    return replace(kept, step.get().applied(schedule, now()), List.of(step.get().done()), dryRun);
  }

  /// For a key that others may know: it is gone at once, whatever that breaks.
  Answer drop(String arn, boolean dryRun) {
    var kept = keys.kept().find();
    var schedule = kept.orElse(keys.first());
    var dropped = schedule.find(arn);
    if (dropped.isEmpty()) {
      return new Answer.Refused("unknown_key", "There is no signing key %s.".formatted(arn));
    }
    if (dropped.get().stage() == Stage.CURRENT && schedule.in(Stage.NEXT).isEmpty()) {
      return new Answer.Refused(
          "no_next_key",
          "Key %s signs, and there is no next one to take its place. Add one first."
              .formatted(arn));
    }
    var losses = DroppedKey.losses(schedule, dropped.get(), now());
    return replace(kept, schedule.without(arn, now()), losses, dryRun);
  }

  private Answer replace(
      Optional<KeySchedule> seen, KeySchedule changed, List<String> changes, boolean dryRun) {
    if (!dryRun && !keys.kept().replace(seen, changed)) {
      return new Answer.Refused(
          "changed_meanwhile", "Somebody else changed the signing keys. Look at the plan again.");
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("keys", changed.keys().stream().map(this::entry).toList());
    facts.put("effectiveBy", clock.instant().plus(SigningKeyPolicy.SCHEDULE_AGE).toString());
    return new Answer.Done(changes, facts);
  }

  private Map<String, Object> entry(ScheduledKey key) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("stage", key.stage().name());
    entry.put("key", key.arn());
    entry.put("kid", keys.signer().keyId(key.arn()));
    if (key.since() > 0) {
      entry.put("since", Instant.ofEpochSecond(key.since()).toString());
    }
    return entry;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
