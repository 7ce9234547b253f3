package dev.latchkey.authorize;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import org.jspecify.annotations.Nullable;

/// Everything that an authorization code is bound to (RFC 6749 section 4.1.2, SMART 2.2).
///
/// @param redirectUri as sent in the authorization request
/// @param scopes what the patient granted
/// @param fhirUser relative reference of the user, such as `Patient/ana`
/// @param family chosen when the code is issued, so that a replay knows what to revoke
/// @param sessionEndsAt end of the browser session, for `online_access`; seconds since the epoch
/// @param expiresAt seconds since the epoch
public record CodeBinding(
    ClientId client,
    String redirectUri,
    String codeChallenge,
    @Nullable String nonce,
    ScopeSet scopes,
    LaunchContext launch,
    String subject,
    String fhirUser,
    long authenticatedAt,
    long sessionEndsAt,
    FamilyId family,
    long expiresAt) {}
