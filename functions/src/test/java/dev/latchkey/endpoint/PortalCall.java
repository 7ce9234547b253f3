package dev.latchkey.endpoint;

import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of the portal function through its Lambda event, as the functions that talk to a
/// browser make it.
record PortalCall(Map<String, Object> event) {
  static final String NONCE = "not-a-secret-nonce-of-the-browser";

  /// A browser came back.
  ///
  /// @param issuer that the answer of the portal names (RFC 9207); null for none
  static PortalCall back(@Nullable String issuer) {
    var members = new LinkedHashMap<String, Object>();
    members.put("redirect_uri", "https://latchkey.example/interaction/portal");
    members.put("code", "not-a-secret-code-of-the-portal");
    members.put("code_verifier", "not-a-secret-verifier");
    members.put("nonce", NONCE);
    Json.putIfPresent(members, "iss", issuer);
    return new PortalCall(Map.of("return", members));
  }

  /// A browser wants to leave.
  static PortalCall departure() {
    return new PortalCall(
        Map.of(
            "departure",
            Map.of(
                "redirect_uri",
                "https://latchkey.example/interaction/portal",
                "state",
                "not-a-secret-state",
                "nonce",
                NONCE,
                "code_challenge",
                "not-a-secret-challenge",
                "max_age",
                -1,
                "anew",
                false)));
  }

  Invocation to(ScriptedProvider provider) {
    return Invocation.of(
        new PortalFunction(Optional.of(provider.portal()), Optional.empty()), Json.write(event));
  }
}
