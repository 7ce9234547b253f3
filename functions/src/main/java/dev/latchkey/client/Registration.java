package dev.latchkey.client;

import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.SecretHash;
import org.jspecify.annotations.Nullable;

/// How and when an app came to be known here.
///
/// @param registeredAt seconds since the epoch
/// @param expiresAt when the registration ends unless the app is used before; seconds since the
///   epoch, [Lifetimes#END_OF_TIME] for one that does not end
/// @param isDisabled whether an operator switched the app off
/// @param managementToken hash of the registration access token (RFC 7592 section 3); null for an
///   app that only operators manage
public record Registration(
    IdentityLevel level,
    long registeredAt,
    long expiresAt,
    boolean isDisabled,
    @Nullable SecretHash managementToken) {

  /// Registered by an operator who knows the developer.
  public static Registration byOperator(long now) {
    return new Registration(IdentityLevel.VERIFIED, now, Lifetimes.END_OF_TIME, false, null);
  }

  public Registration disabled(boolean disabled) {
    return new Registration(level, registeredAt, expiresAt, disabled, managementToken);
  }

  public Registration at(IdentityLevel changed) {
    return new Registration(changed, registeredAt, expiresAt, isDisabled, managementToken);
  }

  public Registration managedWith(SecretHash token) {
    return new Registration(level, registeredAt, expiresAt, isDisabled, token);
  }

  public Registration expiringAt(long changed) {
    return new Registration(level, registeredAt, changed, isDisabled, managementToken);
  }

  /// Whether the app may be used at this time.
  public boolean isUsable(long now) {
    return !isDisabled && now < expiresAt;
  }
}
