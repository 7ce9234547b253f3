package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.secret.SecretHash;
import org.jspecify.annotations.Nullable;

/// The mutable half of a grant: which refresh token is live. One item, one writer at a time.
///
/// Times are seconds since the epoch. Generations are integers, because two tokens of one second
/// must still be told apart.
///
/// @param generation of the live token; 0 for the first
/// @param currentHash hash of the live token's secret; of an unknown value when the grant came
///   without a refresh token
/// @param previousHash hash of the secret one generation back
/// @param keyId the token key that derived the live secret
/// @param rotatedAt when the live token was made
/// @param requestId of the request that made it, to recognise a repeated send
/// @param retriedGeneration the generation that was last asked for again inside its retry window;
///   -1 for none
/// @param retryStreak how many generations in a row were asked for again
/// @param retries how often the generation `retriedGeneration` was asked for again
/// @param key that whoever presents a token of this family has to hold (RFC 9449 section 5); null
///   for a family without one, and for those of clients that authenticate
public record Family(
    FamilyId id,
    ClientId client,
    State state,
    int generation,
    SecretHash currentHash,
    @Nullable SecretHash previousHash,
    int keyId,
    long rotatedAt,
    long idleExpiresAt,
    long absoluteExpiresAt,
    String requestId,
    int retriedGeneration,
    int retryStreak,
    int retries,
    @Nullable KeyThumbprint key) {

  /// Whether tokens of this family can still work. Expiry is a reading of the clock and not a
  /// state.
  public enum State {
    ACTIVE,
    REVOKED
  }

  public boolean isBound() {
    return key != null;
  }

  /// Whether the family is neither revoked nor past its times.
  public boolean isLive(long now) {
    return state == State.ACTIVE && now < idleExpiresAt && now < absoluteExpiresAt;
  }
}
