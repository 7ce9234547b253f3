package dev.latchkey.authorize;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.scope.ScopeSet;
import org.jspecify.annotations.Nullable;

/// An authorization request that passed every check.
///
/// @param redirectUri as the app sent it; on loopback its port may differ from the registered one
/// @param scopes what the app asked for, as far as it may ask and this server understands
/// @param state returned to the app unchanged
/// @param codeChallenge the S256 challenge, 43 characters (RFC 7636 section 4.2)
/// @param nonce for the id token (OpenID Connect Core section 2)
/// @param wishes for the sign-in and the pages after it
/// @param key that the app will prove to hold when it exchanges the code (`dpop_jkt`, RFC 9449
///   section 10)
public record AuthorizationRequest(
    ClientId client,
    String redirectUri,
    ScopeSet scopes,
    String state,
    String codeChallenge,
    @Nullable String nonce,
    SignInWishes wishes,
    @Nullable KeyThumbprint key) {}
