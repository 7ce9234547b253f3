package dev.latchkey.aws;

import dev.latchkey.account.SignInThrottle;
import dev.latchkey.policy.SignInPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Sign-in attempts in DynamoDB: `N#hash` in table `ephemeral`. What people type as a user name may
/// be long or may be somebody's name, so the key is its hash.
///
/// The count grows by compare and set: each write names the count that it saw, and a refused one
/// brings back the count that stood in the way. Of attempts in parallel one gets through per round,
/// and once a delay is due the others are refused, so a race ends after a few rounds.
public final class DynamoSignInThrottle implements SignInThrottle {
  private static final int MOST_ROUNDS = 20;

  private final DynamoTable table;
  private final Entropy entropy;

  public DynamoSignInThrottle(DynamoTable table, Entropy entropy) {
    this.table = table;
    this.entropy = entropy;
  }

  /// @param attempts in a row
  /// @param last when the last of them was, seconds since the epoch
  /// @param by the id of the last of them
  private record Count(long attempts, long last, String by) {
    static final Count NONE = new Count(0, 0, "");

    static Count read(Item item) {
      return new Count(item.number("n"), item.number("last"), item.text("by"));
    }

    Count next(long now, String attempt) {
      return new Count(isForgotten(now) ? 1 : attempts + 1, now, attempt);
    }

    long opensAt(long now) {
      return isForgotten(now)
          ? now
          : last + SignInPolicy.delayAfter(Math.toIntExact(attempts)).toSeconds();
    }

    private boolean isForgotten(long now) {
      return now >= forgottenAt();
    }

    long forgottenAt() {
      return last + SignInPolicy.FORGET_AFTER.toSeconds();
    }
  }

  @Override
  public Optional<Instant> attempt(String account, Instant now) {
    var key = key(account);
    var seconds = now.getEpochSecond();
    var attempt = entropy.value();
    var seen = Optional.<Count>empty();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var count = seen.orElse(Count.NONE);
      if (count.by().equals(attempt)) {
        return Optional.empty();
      }
      if (seconds < count.opensAt(seconds)) {
        return Optional.of(Instant.ofEpochSecond(count.opensAt(seconds)));
      }
      switch (write(key, seen, count.next(seconds, attempt))) {
        case DynamoTable.Write.Applied _ -> {
          return Optional.empty();
        }
        case DynamoTable.Write.Refused(var found) -> seen = found.map(Count::read);
      }
    }
    return Optional.of(Instant.ofEpochSecond(seconds + 1));
  }

  @Override
  public void clear(String account) {
    table.delete(key(account));
  }

  private DynamoTable.Write write(Key key, Optional<Count> seen, Count next) {
    return seen.map(count -> table.update(replacement(key, count, next)))
        .orElseGet(() -> table.putIfAbsent(key, item(key, next)));
  }

  private static Item item(Key key, Count count) {
    return Item.at(key)
        .number("n", count.attempts())
        .number("last", count.last())
        .text("by", count.by())
        .number("ttl", count.forgottenAt())
        .build();
  }

  private static Update replacement(Key key, Count seen, Count next) {
    return Update.of(key)
        .when("n", seen.attempts())
        .when("last", seen.last())
        .set("n", next.attempts())
        .set("last", next.last())
        .set("by", next.by())
        .set("ttl", next.forgottenAt());
  }

  private static Key key(String account) {
    return Key.of("N#" + SecretHash.of(account).value());
  }
}
