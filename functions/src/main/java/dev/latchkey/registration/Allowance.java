package dev.latchkey.registration;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.scope.ScopeSet;

/// What somebody may register.
///
/// @param level how much is known of who stands behind the app
/// @param scopes the most that the app may ever ask for
/// @param backendServices whether it may be an app without a user (`client_credentials`)
public record Allowance(IdentityLevel level, ScopeSet scopes, boolean backendServices) {}
