package dev.latchkey.conformance.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The apps of a run.
///
/// @param given apps that are registered already; the others register themselves, once in a run,
///   where the server lets anybody (RFC 7591)
/// @param register whether they may: a run that comes again and again would leave many behind
/// @param redirectUri of all of them
/// @param launchUrl where an EHR opens them
public record Clients(
    Map<AppKind, App> given, boolean register, String redirectUri, String launchUrl) {
  public Clients {
    given = Map.copyOf(given);
  }

  /// An app of a kind. Call [Server#app] instead, which keeps it.
  App get(Server server, AppKind kind) throws Unmet, NotApplicable {
    var known = given.get(kind);
    if (known != null) {
      return known;
    }
    if (!register) {
      throw new NotApplicable("this run registers no app; name one with " + kind.option());
    }
    try {
      return registered(server, kind);
    } catch (NotApplicable _) {
      throw new NotApplicable("no app can register itself; name one with " + kind.option());
    }
  }

  private App registered(Server server, AppKind kind) throws Unmet, NotApplicable {
    var keys = kind == AppKind.KEY ? List.of(curveKey(), rsaKey()) : List.<JWK>of();
    var answer =
        server
            .http()
            .post(
                server.endpoint("registration_endpoint"),
                "application/json",
                JSONObjectUtils.toJSONString(metadata(kind, keys)),
                Map.of())
            .with(201)
            .json();
    return new App(
        String.valueOf(answer.get("client_id")),
        switch (kind) {
          case PUBLIC -> new Credential.None();
          case SECRET -> new Credential.Secret(String.valueOf(answer.get("client_secret")));
          case KEY -> new Credential.Keys(keys);
        },
        redirectUri);
  }

  private Map<String, Object> metadata(AppKind kind, List<JWK> keys) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("client_name", name(kind));
    metadata.put("application_type", kind.applicationType());
    metadata.put("redirect_uris", List.of(redirectUri));
    metadata.put("initiate_login_uri", launchUrl);
    metadata.put("token_endpoint_auth_method", kind.method());
    metadata.put("grant_types", List.of("authorization_code", "refresh_token"));
    metadata.put("response_types", List.of("code"));
    metadata.put("scope", Scopes.REGISTERED);
    if (!keys.isEmpty()) {
      metadata.put(
          "jwks",
          Map.of("keys", keys.stream().map(key -> key.toPublicJWK().toJSONObject()).toList()));
    }
    return metadata;
  }

  /// What people see.
  public static String name(AppKind kind) {
    return switch (kind) {
      case PUBLIC -> "Conformance checks without a secret";
      case SECRET -> "Conformance checks";
      case KEY -> "Conformance checks with a key";
    };
  }

  private static JWK curveKey() {
    try {
      return new ECKeyGenerator(Curve.P_384).keyID("checks-ec").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWK rsaKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("checks-rsa").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
