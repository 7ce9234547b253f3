package dev.latchkey.conformance;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Says what it has to in the wrong way, or not at all, and shows no record.
final class SloppyServer extends BrokenServer {
  private static final String STANDALONE = "standalone";

  SloppyServer() throws IOException {}

  @Override
  Sent answer(Got got) {
    return switch (got.path()) {
      case "/fhir/.well-known/smart-configuration" -> configured();
      case "/registration" -> registered("an-app");
      case "/authorization" ->
          got.method().equals("POST")
              ? Sent.text(405, "text/plain", "")
              : back(
                  got,
                  "code=%s&session_state=x&iss=https%%3A%%2F%%2Felsewhere.example"
                      .formatted(code(got)));
      case "/token" -> tokens(got);
      case "/introspection", "/revocation" -> Sent.json(404, Map.of());
      case "/ehr", "/ehr/in", "/ehr/open" -> ehr(got, fhirBase() + "?launch=any");
      case "/fhir/Patient/1" -> Sent.json(200, Map.of());
      default -> Sent.json(404, Map.of());
    };
  }

  private static String code(Got got) {
    return got.get("launch").isEmpty() ? STANDALONE : "of-an-ehr";
  }

  private Sent configured() {
    var members = configuration();
    members.put("management_endpoint", "/apps");
    members.put("code_challenge_methods_supported", List.of("plain"));
    var text = Sent.json(200, members).body();
    return Sent.text(200, "text/plain", text);
  }

  /// No refresh token, and no patient for an app that an EHR opened.
  private static Sent tokens(Got got) {
    if (!got.get("grant_type").equals("authorization_code")) {
      return Sent.json(400, Map.of());
    }
    var members = new HashMap<String, Object>();
    members.put("access_token", "token");
    members.put("token_type", "Bearer");
    members.put("expires_in", "3600");
    members.put("scope", "patient/Patient.sr patient/Goal.rs");
    if (got.get("code").equals(STANDALONE)) {
      members.put("patient", "1");
    }
    return Sent.json(200, members);
  }
}
