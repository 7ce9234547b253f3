package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;

/// The half of a grant that never changes: who allowed what to which app.
///
/// @param subject the user's `sub`
/// @param fhirUser relative reference such as `Patient/ana`
/// @param scopes as spelled and granted
/// @param authenticatedAt seconds since the epoch
/// @param createdAt seconds since the epoch
public record FamilyGrant(
    FamilyId id,
    ClientId client,
    String subject,
    String fhirUser,
    ScopeSet scopes,
    LaunchContext launch,
    long authenticatedAt,
    long createdAt) {}
