package dev.latchkey.registration;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.Json;
import dev.latchkey.scope.ScopeSet;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/// Somebody whose software statements operators believe (RFC 7591 section 2.3).
///
/// @param issuer the `iss` of its statements
/// @param keys its public keys
/// @param allowance what may be registered with a statement of it
public record StatementIssuer(String issuer, JWKSet keys, Allowance allowance) {

  /// Reads `[{"issuer": "...", "jwks": {"keys": [...]}, "verifies": false, "scope": "...",
  /// "backend_services": false}]`.
  ///
  /// @throws IllegalStateException saying what to fix
  public static List<StatementIssuer> read(List<?> setting) {
    return setting.stream().map(StatementIssuer::readOne).toList();
  }

  private static StatementIssuer readOne(Object entry) {
    if (entry instanceof Map<?, ?> members
        && members.get("issuer") instanceof String issuer
        && members.get("jwks") instanceof Map<?, ?> jwks
        && members.get("scope") instanceof String scope) {
      var level =
          Boolean.TRUE.equals(members.get("verifies"))
              ? IdentityLevel.VERIFIED
              : IdentityLevel.REGISTERED;
      var services = Boolean.TRUE.equals(members.get("backend_services"));
      return new StatementIssuer(
          issuer, keys(jwks), new Allowance(level, ScopeSet.parse(scope), services));
    }
    throw new IllegalStateException(
        "Each entry of LATCHKEY_STATEMENT_ISSUERS has an issuer, a jwks and a scope");
  }

  private static JWKSet keys(Map<?, ?> jwks) {
    try {
      return JWKSet.parse(Json.write(jwks)).toPublicJWKSet();
    } catch (ParseException e) {
      throw new IllegalStateException("A jwks of LATCHKEY_STATEMENT_ISSUERS is no key set", e);
    }
  }
}
