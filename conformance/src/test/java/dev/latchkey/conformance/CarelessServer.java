package dev.latchkey.conformance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Refuses nothing: every app, code and token is good, every record is shown to everybody. What it
/// says is well formed, and often wrong.
final class CarelessServer extends BrokenServer {
  private static final String RESOURCES =
      """
      {"resourceType":"Bundle","type":"searchset","entry":[
       {"resource":{"resourceType":"Observation","id":"1","category":[{"coding":[{"system":"s","code":"c"}]}]}},
       {"resource":{"resourceType":"Observation","id":"2"}}]}
      """;

  private final RSAKey key;

  CarelessServer() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("twice").generate();
  }

  @Override
  Sent answer(Got got) {
    return switch (got.path()) {
      case "/fhir/.well-known/smart-configuration" -> configured();
      case "/.well-known/openid-configuration" ->
          Sent.json(200, Map.of("userinfo_endpoint", issuer() + "/userinfo"));
      case "/jwks" -> keys();
      case "/sandbox/apps" -> service();
      case "/registration" -> registered("an app");
      case "/authorization" ->
          back(got, "code=any%2Fcode").with("Access-Control-Allow-Origin", "*");
      case "/token" -> tokens(got);
      case "/introspection" -> Sent.json(200, Map.of("active", true, "client_id", "another"));
      case "/userinfo" -> Sent.json(200, Map.of("sub", "somebody"));
      case "/brands" -> Sent.text(200, "application/json", RESOURCES);
      case "/ehr", "/ehr/in", "/ehr/open" -> ehr(got, "https://elsewhere.example/?launch=any");
      case "/fhir/$export" -> Sent.json(202, Map.of()).with("Content-Location", issuer() + "/job");
      case "/job" -> got.method().equals("DELETE") ? Sent.json(202, Map.of()) : exported();
      case "/file" -> Sent.text(200, "application/fhir+ndjson", "{\"resourceType\":\"Goal\"}\n");
      default -> Sent.text(200, "application/fhir+json", RESOURCES);
    };
  }

  private Sent configured() {
    var members = configuration();
    members.put("jwks_uri", issuer() + "/jwks");
    members.put("code_challenge_methods_supported", List.of("S256"));
    return Sent.json(200, members);
  }

  private Sent keys() {
    var published = key.toPublicJWK().toJSONObject();
    return Sent.json(200, Map.of("keys", List.of(published, published)));
  }

  private Sent service() {
    var app =
        Map.of(
            "client_id", "service",
            "grant_types", List.of("client_credentials"),
            "private_jwk", key.toJSONObject());
    return Sent.text(200, "application/json", JSONArrayUtils.toJSONString(List.of(app)));
  }

  private Sent exported() {
    var file = Map.of("type", "Patient", "url", issuer() + "/file");
    return Sent.json(200, Map.of("requiresAccessToken", true, "output", List.of(file)));
  }

  private Sent tokens(Got got) {
    var scope = got.get("scope").isEmpty() ? EVERYTHING : got.get("scope");
    return Sent.json(
        200,
        Map.of(
            "access_token",
            "token".repeat(1000),
            "token_type",
            "Bearer",
            "expires_in",
            3600,
            "scope",
            scope + " respelled",
            "refresh_token",
            UUID.randomUUID().toString(),
            "patient",
            "1",
            "intent",
            5,
            "need_patient_banner",
            "no",
            "fhirContext",
            List.of(Map.of("role", "launch")),
            "id_token",
            idToken()));
  }

  private static final String EVERYTHING =
      "patient/Patient.rs patient/Condition.rs patient/Observation.rs patient/AllergyIntolerance.rs"
          + " patient/Observation.rs?category=s|c user/Patient.rs";

  /// Well signed, for another user each time.
  private String idToken() {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject(UUID.randomUUID().toString())
            .audience("an app")
            .claim("fhirUser", issuer() + "/fhir/Organization/1")
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("twice").build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
