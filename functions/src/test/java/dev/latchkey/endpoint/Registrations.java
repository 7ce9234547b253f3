package dev.latchkey.endpoint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.http.Json;
import dev.latchkey.limit.RequestLimit;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessTokenIssue;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.wiring.Wiring;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Calls of the register function, and metadata to call it with.
public record Registrations(LocalWiring local, RegisterFunction function) {
  /// Everything about a patient.
  public static final String ALL =
      "launch launch/patient openid fhirUser offline_access online_access patient/*.cruds"
          + " patient/AuditEvent.rs";

  public static Registrations over(LocalWiring local) {
    return new Registrations(local, new RegisterFunction(local.wiring()));
  }

  /// The policy, where apps are registered as often as anybody likes.
  static RegistrationPolicy unlimited(RegistrationPolicy policy) {
    var never = RequestLimit.perHour(Long.MAX_VALUE);
    return new RegistrationPolicy(
        policy.mode(),
        policy.issuers(),
        policy.anybodysScopes(),
        policy.protectedNames(),
        policy.loopback(),
        never,
        never);
  }

  /// A native app on loopback.
  static Map<String, Object> nativeApp() {
    return metadata(
        "application_type", "native",
        "token_endpoint_auth_method", "none",
        "redirect_uris", List.of("http://127.0.0.1/callback"));
  }

  static Map<String, Object> browserApp() {
    return metadata(
        "application_type",
        "browser",
        "redirect_uris",
        List.of("https://browser.example.org/callback"));
  }

  /// A web app with a secret.
  public static Map<String, Object> webApp() {
    return metadata("redirect_uris", List.of("https://web.example.org/callback"));
  }

  /// A web app with a key.
  static Map<String, Object> keyApp() {
    return metadata(
        "token_endpoint_auth_method", "private_key_jwt",
        "jwks", keys(key("k1")),
        "redirect_uris", List.of("https://web.example.org/callback"));
  }

  /// An app without a user.
  static Map<String, Object> service() {
    return metadata(
        "token_endpoint_auth_method", "private_key_jwt",
        "grant_types", List.of("client_credentials"),
        "jwks", keys(key("k1")));
  }

  /// A name and whatever else, as name and value in turns.
  static Map<String, Object> metadata(Object... members) {
    return with(Map.of("client_name", "Blood pressure diary"), members);
  }

  /// The same with some members added or replaced; null takes one away.
  public static Map<String, Object> with(
      Map<String, Object> metadata, @Nullable Object... members) {
    var changed = new LinkedHashMap<>(metadata);
    for (int i = 0; i < members.length; i += 2) {
      var name = String.valueOf(members[i]);
      var value = members[i + 1];
      if (value == null) {
        changed.remove(name);
      } else {
        changed.put(name, value);
      }
    }
    return changed;
  }

  static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_384).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Object> keys(ECKey... keys) {
    return Map.of(
        "keys", List.of(keys).stream().map(key -> key.toPublicJWK().toJSONObject()).toList());
  }

  public Answer register(Map<String, Object> metadata) {
    return call(metadata).to(function);
  }

  Answer register(Map<String, Object> metadata, String bearer) {
    return call(metadata).header("authorization", "Bearer " + bearer).to(function);
  }

  static Call call(Map<String, Object> metadata) {
    return Call.json("POST", "/register", Json.write(metadata));
  }

  Answer read(String id, String token) {
    return managed("GET", id, token, null);
  }

  Answer replace(String id, String token, Map<String, Object> metadata) {
    return managed("PUT", id, token, metadata);
  }

  Answer remove(String id, String token) {
    return managed("DELETE", id, token, null);
  }

  private Answer managed(
      String method, String id, String token, @Nullable Map<String, Object> metadata) {
    return Call.json(method, "/register/" + id, metadata == null ? "" : Json.write(metadata))
        .pathParameter("client", id)
        .header("authorization", "Bearer " + token)
        .to(function);
  }

  /// What the registry holds of a registered app.
  public Client kept(Answer registered) {
    return wiring()
        .stores()
        .clients()
        .find(new ClientId(registered.text("client_id")))
        .orElseThrow();
  }

  /// The id of a registered app.
  static String id(Answer registered) {
    return registered.text("client_id");
  }

  /// What the app is managed with next.
  static String token(Answer answer) {
    return answer.text("registration_access_token");
  }

  /// Metadata to replace those of a registered web app, with some members added or replaced.
  static Map<String, Object> replacement(Answer registered, @Nullable Object... members) {
    return with(with(webApp(), "client_id", id(registered)), members);
  }

  /// An operator changes a registered app.
  void change(Answer registered, UnaryOperator<Client> change) {
    local.seed(change.apply(kept(registered)));
  }

  IdentityLevel level(Answer registered) {
    return kept(registered).registration().level();
  }

  String initialAccessToken(int uses) {
    return initialAccessToken(uses, ALL, false);
  }

  String initialAccessToken(int uses, String scope, boolean services) {
    return new InitialAccessTokenIssue(wiring().stores().initialAccessTokens(), wiring().entropy())
        .issue(
            "A developer",
            new Allowance(IdentityLevel.REGISTERED, ScopeSet.parse(scope), services),
            uses,
            Duration.ofDays(1),
            local.clock().instant())
        .token();
  }

  private Wiring wiring() {
    return local.wiring();
  }
}
