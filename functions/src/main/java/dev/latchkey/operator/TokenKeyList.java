package dev.latchkey.operator;

import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.TokenKeySchedule.State;
import dev.latchkey.family.WrappedTokenKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says which token keys there are and what each is for, and nothing of what is in them.
record TokenKeyList(TokenKeyRing ring, InstantSource clock) {

  Answer list() {
    var now = clock.instant().getEpochSecond();
    var schedule = ring.schedule();
    var keys = schedule.keys().stream().map(key -> entry(key, schedule.state(key, now))).toList();
    return new Answer.Done(List.of(), Map.of("keys", keys));
  }

  private static Map<String, Object> entry(WrappedTokenKey key, State state) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("keyId", key.id());
    entry.put("state", state.name());
    entry.put("usableFrom", Instant.ofEpochSecond(key.usableFrom()).toString());
    var retiredAt = key.retiredAt();
    if (retiredAt != null) {
      entry.put("retiredAt", Instant.ofEpochSecond(retiredAt).toString());
    }
    return entry;
  }
}
