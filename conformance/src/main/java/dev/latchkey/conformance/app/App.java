package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A registered app.
///
/// @param redirectUri empty for a backend service
public record App(String id, Credential credential, String redirectUri) {
  /// Posts to an endpoint at which apps authenticate, as this app.
  public Answer post(Server server, String endpoint, Map<String, String> form)
      throws Unmet, NotApplicable {
    var sent = new HashMap<>(form);
    var headers = new HashMap<String, String>();
    switch (credential) {
      case Credential.None() -> sent.put("client_id", id);
      case Credential.Secret(var secret) -> headers.put("Authorization", basic(id, secret));
      case Credential.Keys _ -> sent.putAll(assertion(server).parameters());
    }
    headers.put("Origin", "https://app.example");
    return server.http().post(server.endpoint(endpoint), sent, headers);
  }

  /// A good assertion of this app, which has a key.
  ///
  /// @throws NotApplicable when it has none
  public Assertion assertion(Server server) throws Unmet, NotApplicable {
    if (credential instanceof Credential.Keys(var keys)) {
      return Assertion.of(id, server.endpoint("token_endpoint"), keys.getFirst());
    }
    throw new NotApplicable("the app has no key");
  }

  /// The same app signing with its other key, if it has one.
  public App withOtherKey() {
    return credential instanceof Credential.Keys(var keys) && keys.size() > 1
        ? new App(id, new Credential.Keys(List.of(keys.get(1), keys.get(0))), redirectUri)
        : this;
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
