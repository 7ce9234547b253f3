package dev.latchkey.conformance.app;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A registered app.
///
/// @param secret empty for a public app
public record App(String id, Optional<String> secret, String redirectUri) {

  /// An app of the run, or one that registers itself where the server lets anybody (RFC 7591).
  public static App of(Server server, boolean confidential) throws Unmet, NotApplicable {
    var run = server.run();
    var given = confidential ? run.confidentialApp() : run.publicApp();
    if (given.isPresent()) {
      var parts = given.get().split(":", 2);
      return new App(
          parts[0], confidential ? Optional.of(parts[1]) : Optional.empty(), run.redirectUri());
    }
    return registered(server, confidential);
  }

  private static App registered(Server server, boolean confidential) throws Unmet, NotApplicable {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("client_name", "Conformance checks");
    metadata.put("application_type", confidential ? "web" : "native");
    metadata.put("redirect_uris", List.of(server.run().redirectUri()));
    metadata.put("token_endpoint_auth_method", confidential ? "client_secret_basic" : "none");
    metadata.put("grant_types", List.of("authorization_code", "refresh_token"));
    metadata.put("response_types", List.of("code"));
    metadata.put("scope", Launch.EVERYTHING);
    var answer =
        server
            .http()
            .post(
                server.endpoint("registration_endpoint"),
                "application/json",
                JSONObjectUtils.toJSONString(metadata),
                Map.of())
            .with(201)
            .json();
    return new App(
        String.valueOf(answer.get("client_id")),
        confidential ? Optional.of(String.valueOf(answer.get("client_secret"))) : Optional.empty(),
        server.run().redirectUri());
  }

  /// Posts to an endpoint at which apps authenticate, as this app.
  public Answer post(Server server, String endpoint, Map<String, String> form)
      throws Unmet, NotApplicable {
    var sent = new HashMap<>(form);
    var headers = new HashMap<String, String>();
    if (secret.isPresent()) {
      headers.put("Authorization", basic(id, secret.get()));
    } else {
      sent.put("client_id", id);
    }
    headers.put("Origin", "https://app.example");
    return server.http().post(server.endpoint(endpoint), sent, headers);
  }

  /// Unescaped inside, as the regulator's test kit sends it.
  public static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "App[" + id + "]";
  }
}
