package dev.latchkey.authorize;

import dev.latchkey.account.Assurance;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import org.jspecify.annotations.Nullable;

/// Everything that an authorization code is bound to (RFC 6749 section 4.1.2, SMART 2.2).
///
/// @param redirectUri as sent in the authorization request
/// @param key that the app said it would prove to hold (`dpop_jkt`, RFC 9449 section 10)
/// @param scopes what the patient granted
/// @param fhirUser relative reference of the user, such as `Patient/ana`
/// @param family chosen when the code is issued, so that a replay knows what to revoke
/// @param session handle of the browser session that the patient decided in
/// @param sessionEndsAt end of that session, for `online_access`; seconds since the epoch
/// @param expiresAt seconds since the epoch
/// @param accessEndsAt when access ends at the latest, as the patient chose it, seconds since the
///   epoch; [Lifetimes#END_OF_TIME] for as long as the policy allows
/// @param assurance how surely it is known who the user is
public record CodeBinding(
    ClientId client,
    String redirectUri,
    String codeChallenge,
    @Nullable String nonce,
    @Nullable KeyThumbprint key,
    ScopeSet scopes,
    LaunchContext launch,
    String subject,
    String fhirUser,
    long authenticatedAt,
    SecretHash session,
    long sessionEndsAt,
    FamilyId family,
    long expiresAt,
    long accessEndsAt,
    Assurance assurance) {
  /// When the patient allowed it, seconds since the epoch.
  public long issuedAt() {
    return expiresAt - Lifetimes.AUTHORIZATION_CODE.toSeconds();
  }
}
