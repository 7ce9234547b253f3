package dev.latchkey.family;

import dev.latchkey.client.KeyThumbprint;

/// A family that differs in what a case is about.
record ChangedFamily(Family family) {
  ChangedFamily state(Family.State state) {
    return with(state, family.rotatedAt(), family.idleExpiresAt(), family.requestId(), -1, 0, 0);
  }

  ChangedFamily key(KeyThumbprint key) {
    return new ChangedFamily(
        new Family(
            family.id(),
            family.client(),
            family.state(),
            family.generation(),
            family.currentHash(),
            family.previousHash(),
            0,
            family.rotatedAt(),
            family.idleExpiresAt(),
            family.absoluteExpiresAt(),
            family.requestId(),
            -1,
            0,
            0,
            key));
  }

  ChangedFamily idleExpiresAt(long at) {
    return with(family.state(), family.rotatedAt(), at, family.requestId(), -1, 0, 0);
  }

  ChangedFamily rotatedAt(long at) {
    return with(family.state(), at, family.idleExpiresAt(), family.requestId(), -1, 0, 0);
  }

  ChangedFamily requestId(String id) {
    return with(family.state(), family.rotatedAt(), family.idleExpiresAt(), id, -1, 0, 0);
  }

  ChangedFamily retried(int generation, int streak, int retries) {
    return with(
        family.state(),
        family.rotatedAt(),
        family.idleExpiresAt(),
        family.requestId(),
        generation,
        streak,
        retries);
  }

  private ChangedFamily with(
      Family.State state,
      long rotatedAt,
      long idleExpiresAt,
      String requestId,
      int retried,
      int streak,
      int retries) {
    return new ChangedFamily(
        new Family(
            family.id(),
            family.client(),
            state,
            family.generation(),
            family.currentHash(),
            family.previousHash(),
            0,
            rotatedAt,
            idleExpiresAt,
            family.absoluteExpiresAt(),
            requestId,
            retried,
            streak,
            retries,
            family.key()));
  }
}
