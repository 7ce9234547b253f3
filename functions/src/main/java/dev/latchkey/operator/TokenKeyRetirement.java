package dev.latchkey.operator;

import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.TokenKeySchedule;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.policy.TokenKeyPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Retires token keys. A new key comes before the last one goes, so that an outage in between
/// leaves one key too many and never none.
record TokenKeyRetirement(TokenKeyRing ring, InstantSource clock) {

  Answer retire(int id, boolean dryRun) {
    var now = now();
    var schedule = ring.schedule();
    if (schedule.keys().stream().noneMatch(key -> key.id() == id)) {
      return new Answer.Refused(
          "unknown_key", "There is no token key %d. list-token-keys names them.".formatted(id));
    }
    var goes = schedule.alive().filter(key -> key.id() == id).toList();
    var isLast = schedule.alive().noneMatch(key -> key.id() != id && key.isUsable(now));
    return change(schedule, isLast && !goes.isEmpty(), goes, now, dryRun);
  }

  Answer retireAll(boolean dryRun) {
    var schedule = ring.schedule();
    return change(schedule, true, schedule.alive().toList(), now(), dryRun);
  }

  private Answer change(
      TokenKeySchedule schedule,
      boolean needsAnother,
      List<WrappedTokenKey> goes,
      long now,
      boolean dryRun) {
    if (needsAnother && !schedule.hasRoom()) {
      return TokenKeySentences.full();
    }
    var changes = new ArrayList<String>();
    if (needsAnother) {
      var id = dryRun ? schedule.nextId() : ring.add(now).id();
      changes.add(TokenKeySentences.added(id, now));
    }
    for (var key : goes) {
      if (!dryRun) {
        var _ = ring.retire(key.id(), now);
      }
      changes.add(TokenKeySentences.retired(key.id()));
    }
    var remaining = schedule.alive().count() - goes.size() + (needsAnother ? 1 : 0);
    return new Answer.Done(changes, facts(remaining, now));
  }

  private static Map<String, Object> facts(long remaining, long now) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("remaining", remaining);
    facts.put("effectiveBy", Instant.ofEpochSecond(now).plus(TokenKeyPolicy.RING_AGE).toString());
    return facts;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
