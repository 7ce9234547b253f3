package dev.latchkey.operator;

import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.TokenKeySchedule;
import dev.latchkey.family.TokenKeySchedule.State;
import dev.latchkey.policy.TokenKeyPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plans another token key. The tokens of the others stay good, so no patient notices.
record TokenKeyRotation(TokenKeyRing ring, InstantSource clock) {

  /// A key that is planned already is the answer, and no other is made: ids are few, and a command
  /// may be sent twice.
  Answer rotate(boolean dryRun) {
    var now = clock.instant().getEpochSecond();
    var schedule = ring.schedule();
    var planned =
        schedule.alive().filter(key -> schedule.state(key, now) == State.NEXT).findFirst();
    if (planned.isPresent()) {
      return answer(List.of(), planned.get().id(), planned.get().usableFrom());
    }
    if (!schedule.hasRoom()) {
      return TokenKeySentences.full();
    }
    var usableFrom = usableFrom(schedule, now);
    var id = dryRun ? schedule.nextId() : ring.add(usableFrom).id();
    return answer(List.of(TokenKeySentences.added(id, usableFrom)), id, usableFrom);
  }

  /// Where no key is in use nothing can be waited for: the next token needs one.
  private static long usableFrom(TokenKeySchedule schedule, long now) {
    return schedule.current(now).isPresent() ? now + TokenKeyPolicy.LEAD.toSeconds() : now;
  }

  private static Answer answer(List<String> changes, int id, long usableFrom) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("keyId", id);
    facts.put("usableFrom", Instant.ofEpochSecond(usableFrom).toString());
    return new Answer.Done(changes, facts);
  }
}
