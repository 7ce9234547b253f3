package dev.latchkey.family;

import java.util.Arrays;

/// The key that authenticates refresh tokens and derives their successors: two independent halves
/// of 32 bytes. Whoever has it and a former token of a family can make the live one, so it never
/// leaves the process and is never logged.
///
/// @param id 0 to 255, the first byte of each token
public record TokenKey(int id, byte[] tagKey, byte[] nextKey) {
  public static final int BYTES = 64;

  /// Splits a 64-byte data key.
  public static TokenKey of(int id, byte[] dataKey) {
    if (dataKey.length != BYTES) {
      throw new IllegalArgumentException("A token key has " + BYTES + " bytes");
    }
    return new TokenKey(
        id,
        Arrays.copyOfRange(dataKey, 0, BYTES / 2),
        Arrays.copyOfRange(dataKey, BYTES / 2, BYTES));
  }

  @Override
  public String toString() {
    return "TokenKey[id=" + id + ", redacted]";
  }
}
