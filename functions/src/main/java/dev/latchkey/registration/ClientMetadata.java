package dev.latchkey.registration;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.GrantType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What somebody wants to register (RFC 7591 section 2), readable and with defaults filled in, but
/// not looked at otherwise. Texts are at most 2000 characters and hold no control characters.
///
/// @param redirectUris as sent; empty for none
/// @param method `none` where nothing was said, and `client_secret_basic` for a web app
/// @param signingAlgorithm `token_endpoint_auth_signing_alg`
/// @param grantTypes `authorization_code` and `refresh_token` where nothing was said
/// @param responseTypes what goes with the grant types where nothing was said
/// @param launchUrl `initiate_login_uri`, where an EHR opens the app
/// @param afterLogout `post_logout_redirect_uris`, as sent; empty for none
/// @param jwks a JSON object
/// @param dpopBound `dpop_bound_access_tokens`
/// @param pushedRequestsOnly `require_pushed_authorization_requests`
public record ClientMetadata(
    List<String> redirectUris,
    ApplicationType applicationType,
    AuthenticationMethod method,
    Optional<String> signingAlgorithm,
    Set<GrantType> grantTypes,
    List<String> responseTypes,
    Optional<String> name,
    Optional<String> website,
    Optional<String> privacyPolicy,
    Optional<String> terms,
    List<String> contacts,
    Optional<String> launchUrl,
    List<String> afterLogout,
    Optional<String> scope,
    Optional<Map<String, Object>> jwks,
    Optional<String> jwksUri,
    Optional<String> softwareId,
    Optional<String> softwareVersion,
    boolean dpopBound,
    boolean pushedRequestsOnly) {

  /// Whether a user signs in to it.
  boolean hasUser() {
    return grantTypes.contains(GrantType.AUTHORIZATION_CODE);
  }

  boolean hasSecret() {
    return method == AuthenticationMethod.CLIENT_SECRET_BASIC
        || method == AuthenticationMethod.CLIENT_SECRET_POST;
  }

  boolean hasKey() {
    return method == AuthenticationMethod.PRIVATE_KEY_JWT;
  }
}
