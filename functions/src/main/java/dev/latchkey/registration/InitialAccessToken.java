package dev.latchkey.registration;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Comparator;

/// The right to register apps, given to a developer (RFC 7591 section 3). The token itself is shown
/// once; this is what is kept of it.
///
/// @param hash of the token; also its public name, by which an operator takes it back
/// @param label whom it was given to, for operators
/// @param allowance what may be registered with it
/// @param expiresAt seconds since the epoch
/// @param usesLeft how many apps may still be registered with it
public record InitialAccessToken(
    SecretHash hash, String label, Allowance allowance, long expiresAt, int usesLeft) {
  /// The one that ends first before the others.
  public static final Comparator<InitialAccessToken> BY_END =
      Comparator.comparingLong(InitialAccessToken::expiresAt)
          .thenComparing(token -> token.hash().value());

  /// Whether an app can be registered with it.
  public boolean isUsable(Instant now) {
    return usesLeft > 0 && now.getEpochSecond() < expiresAt;
  }
}
