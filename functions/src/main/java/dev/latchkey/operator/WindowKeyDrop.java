package dev.latchkey.operator;

import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeptWindowKeys;
import dev.latchkey.signing.KeptWindowKeys.Kept;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// For window keys that others may know: they are gone at once, whatever that breaks.
record WindowKeyDrop(KeptWindowKeys keys, InstantSource clock) {

  /// @param keyId the `kid` of one; empty for all
  Answer drop(Optional<String> keyId, boolean dryRun) {
    var dropped =
        keys.list().stream()
            .filter(key -> keyId.isEmpty() || keyId.get().equals(key.keyId()))
            .toList();
    if (dropped.isEmpty()) {
      return keyId
          .<Answer>map(
              kid -> new Answer.Refused("unknown_key", "There is no window key %s.".formatted(kid)))
          .orElseGet(() -> new Answer.Done(List.of(), Map.of()));
    }
    if (!dryRun) {
      dropped.forEach(keys::remove);
    }
    return new Answer.Done(losses(dropped), Map.of("effectiveBy", known().toString()));
  }

  private List<String> losses(List<Kept> dropped) {
    var losses = new ArrayList<String>();
    dropped.forEach(
        key ->
            losses.add(
                "Window key %s of %s is dropped and published no more."
                    .formatted(key.keyId(), key.day())));
    losses.add("Every access token of a dropped key is refused. Refresh tokens work on.");
    losses.add(
        "Verifiers that hold a copy of the key set may accept such tokens until %s."
            .formatted(known().plus(SigningKeyPolicy.KEY_SET_AGE)));
    losses.add("The key in KMS signs until another window key has been published for a day.");
    return losses;
  }

  /// When every instance knows it.
  private Instant known() {
    return clock.instant().plus(SigningKeyPolicy.SCHEDULE_AGE);
  }
}
