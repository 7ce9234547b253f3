package dev.latchkey.operator;

import dev.latchkey.family.WrappedTokenKey;
import java.time.Instant;

/// What is said about token keys in more than one answer.
final class TokenKeySentences {
  private TokenKeySentences() {}

  static String added(int id, long usableFrom) {
    return "Key %d is added and makes new tokens from %s."
        .formatted(id, Instant.ofEpochSecond(usableFrom));
  }

  static String retired(int id) {
    return "Key %d is retired and its refresh tokens are refused.".formatted(id);
  }

  static Answer full() {
    return new Answer.Refused(
        "no_key_id_left",
        "There is no id left for another token key: all up to %d were given out."
            .formatted(WrappedTokenKey.HIGHEST_ID));
  }
}
