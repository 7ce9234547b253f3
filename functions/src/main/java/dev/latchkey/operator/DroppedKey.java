package dev.latchkey.operator;

import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.KeySchedule.ScheduledKey;
import dev.latchkey.signing.KeySchedule.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What breaks when a signing key is dropped before its time.
final class DroppedKey {
  private DroppedKey() {}

  static List<String> losses(KeySchedule schedule, ScheduledKey dropped, long now) {
    var losses = new ArrayList<String>();
    losses.add("Key %s is dropped and published no more.".formatted(dropped.arn()));
    if (dropped.stage() == Stage.NEXT) {
      return losses;
    }
    losses.add(
        "Every access token and id token that it signed is refused. Refresh tokens work on.");
    losses.add(
        "Verifiers that hold a copy of the key set may accept its tokens until %s."
            .formatted(copiesEnd(now)));
    if (dropped.stage() == Stage.CURRENT) {
      var next = schedule.in(Stage.NEXT).orElseThrow();
      losses.add("Key %s signs at once.".formatted(next.arn()));
      if (now < copiesEnd(next.since()).getEpochSecond()) {
        losses.add(
            "Verifiers that hold an older copy of the key set refuse its tokens until %s."
                .formatted(copiesEnd(next.since())));
      }
    }
    return losses;
  }

  /// When nobody goes on with a key set from before a change.
  private static Instant copiesEnd(long changed) {
    return Instant.ofEpochSecond(changed)
        .plus(SigningKeyPolicy.SCHEDULE_AGE)
        .plus(SigningKeyPolicy.KEY_SET_AGE);
  }
}
