package dev.latchkey.client;

import dev.latchkey.policy.Lifetimes;

/// A secret of a confidential client. The server made it and showed it once.
///
/// @param issuedAt seconds since the epoch
/// @param expiresAt seconds since the epoch; [Lifetimes#END_OF_TIME] while it has no end
public record ClientSecret(ClientSecretHash hash, long issuedAt, long expiresAt) {

  /// A secret without end.
  public static ClientSecret of(ClientSecretHash hash, long issuedAt) {
    return new ClientSecret(hash, issuedAt, Lifetimes.END_OF_TIME);
  }

  /// The same secret, which ends at that time if not before.
  public ClientSecret endingBy(long time) {
    return new ClientSecret(hash, issuedAt, Math.min(expiresAt, time));
  }

  public boolean isLive(long now) {
    return now < expiresAt;
  }
}
