package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import org.jspecify.annotations.Nullable;

/// The half of a grant that never changes: who allowed what to which app.
///
/// @param subject the user's `sub`
/// @param fhirUser relative reference such as `Patient/ana`
/// @param scopes as spelled and granted
/// @param authenticatedAt when the user signed in, seconds since the epoch
/// @param createdAt when the patient allowed it, seconds since the epoch
/// @param session handle of the browser session that `online_access` ends with; null for other
///   access
public record FamilyGrant(
    FamilyId id,
    ClientId client,
    String subject,
    String fhirUser,
    ScopeSet scopes,
    LaunchContext launch,
    long authenticatedAt,
    long createdAt,
    @Nullable SecretHash session) {}
