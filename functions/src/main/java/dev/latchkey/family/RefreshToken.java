package dev.latchkey.family;

import dev.latchkey.secret.SecretHash;

/// A refresh token whose MAC was checked: this server made it, whether or not it still works.
///
/// @param keyId the token key that made it
/// @param generation how many refreshes came before it in its family
/// @param secret 32 bytes that only its holder knows
public record RefreshToken(int keyId, FamilyId family, int generation, byte[] secret) {
  public SecretHash hash() {
    return SecretHash.of(secret);
  }

  @Override
  public String toString() {
    return "RefreshToken[generation=" + generation + ", redacted]";
  }
}
