package dev.latchkey.registration;

import dev.latchkey.http.PlainText;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;

/// Gives out initial access tokens.
public record InitialAccessTokenIssue(InitialAccessTokens tokens, Entropy entropy) {
  /// Tells people and scanners of leaked secrets what they look at.
  public static final String PREFIX = "iat1_";

  public static final int MOST_USES = 1000;
  public static final Duration LONGEST_LIFE = Duration.ofDays(90);

  /// A new token.
  ///
  /// @param token shown to the developer now and never again
  /// @param kept what is kept of it
  public record Issued(String token, InitialAccessToken kept) {}

  /// Makes a token, of which nothing is kept yet.
  ///
  /// @param label whom it is for, for operators
  /// @param uses 1 to [#MOST_USES]
  /// @param life up to [#LONGEST_LIFE]
  /// @throws IllegalArgumentException saying what to fix
  public Issued make(String label, Allowance allowance, int uses, Duration life, Instant now) {
    if (uses < 1 || uses > MOST_USES) {
      throw new IllegalArgumentException(
          "A token works for 1 to %d registrations.".formatted(MOST_USES));
    }
    if (!life.isPositive() || life.compareTo(LONGEST_LIFE) > 0) {
      throw new IllegalArgumentException(
          "A token lasts up to %d days.".formatted(LONGEST_LIFE.toDays()));
    }
    if (PlainText.name(label).isEmpty()) {
      throw new IllegalArgumentException("A token needs a label that says whom it is for.");
    }
    var token = PREFIX + entropy.value();
    var kept =
        new InitialAccessToken(
            SecretHash.of(token),
            PlainText.name(label),
            allowance,
            Lifetimes.after(now.getEpochSecond(), life),
            uses);
    return new Issued(token, kept);
  }

  /// Makes a token, as [#make] does, and keeps its hash.
  public Issued issue(String label, Allowance allowance, int uses, Duration life, Instant now) {
    var made = make(label, allowance, uses, life, now);
    tokens.issue(made.kept());
    return made;
  }
}
