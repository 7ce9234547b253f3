package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.metadata.ServerMetadata;
import dev.latchkey.policy.Brand;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.ScopeSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataFunctionTest {
  private static final String SMART = "/fhir/.well-known/smart-configuration";
  private static final LocalWiring local = LocalWiring.start();
  private static final MetadataFunction function = new MetadataFunction(local.wiring());

  @ParameterizedTest
  @ValueSource(strings = {"", "*/*", "application/fhir+xml", "text/html"})
  void smartConfigurationIsJsonWhateverIsAccepted(String accept) {
    var answer = Call.get(SMART).header("accept", accept).to(function);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void smartConfigurationHasWhatSmartRequires() {
    var document = Call.get(SMART).to(function).json();
    assertThat(document)
        .containsKeys("issuer", "jwks_uri", "authorization_endpoint", "token_endpoint")
        .containsEntry("code_challenge_methods_supported", List.of("S256"))
        .containsEntry(
            "grant_types_supported",
            List.of(
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:token-exchange"));
    assertThat(strings(document, "capabilities"))
        .contains("launch-standalone", "client-public", "permission-v2", "permission-online")
        .noneMatch(capability -> capability.contains("ehr"));
    document.forEach(
        (name, value) -> {
          if (name.endsWith("_endpoint") || name.equals("jwks_uri")) {
            assertThat(value.toString()).startsWith(LocalWiring.ISSUER + "/");
          }
        });
  }

  @Test
  void dis7_everyScopeThatIsAdvertisedIsUnderstood() {
    var scopes = strings(Call.get(SMART).to(function).json(), "scopes_supported");
    assertThat(scopes).isNotEmpty();
    assertThat(ScopeSet.unknown(String.join(" ", scopes))).isEmpty();
  }

  @Test
  void theThreeServerDocumentsAgree() {
    var smart = Call.get(SMART).to(function).json();
    var oauth = Call.get("/.well-known/oauth-authorization-server").to(function).json();
    var openid = Call.get("/.well-known/openid-configuration").to(function).json();
    for (var name : List.of("issuer", "token_endpoint", "authorization_endpoint", "jwks_uri")) {
      assertThat(oauth.get(name)).isEqualTo(smart.get(name));
      assertThat(openid.get(name)).isEqualTo(smart.get(name));
    }
    assertThat(openid)
        .containsKeys("response_types_supported", "subject_types_supported")
        .containsEntry("id_token_signing_alg_values_supported", List.of("RS256"))
        .containsEntry("authorization_response_iss_parameter_supported", true);
  }

  @Test
  void theProtectedResourceNamesItsAuthorizationServer() {
    assertThat(Call.get("/.well-known/oauth-protected-resource/fhir").to(function).json())
        .containsEntry("resource", LocalWiring.ISSUER + "/fhir")
        .containsEntry("authorization_servers", List.of(LocalWiring.ISSUER));
  }

  /// RFC 9449 section 5.1, RFC 9728 section 2.
  @ParameterizedTest
  @ValueSource(
      strings = {
        SMART,
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-protected-resource/fhir"
      })
  void everyDocumentSaysWhatMaySignAProof(String path) {
    assertThat(strings(Call.get(path).to(function).json(), "dpop_signing_alg_values_supported"))
        .containsExactly("ES256", "ES384", "RS256", "PS256");
  }

  @Test
  void ehrLaunchIsClaimedWhereAnEhrOpensApps() {
    var issuer = LocalWiring.ISSUER;
    var ehr = new ServerIdentity(issuer, issuer + "/fhir", Optional.empty(), true);
    var document = new ServerMetadata(ehr, local.wiring().registration()).smartConfiguration();

    assertThat(strings(document, "capabilities"))
        .contains("launch-standalone", "launch-ehr", "context-ehr-patient", "context-ehr-encounter")
        .contains("context-banner", "context-style");
    assertThat(strings(document, "scopes_supported")).contains("launch");
    assertThat(strings(Call.get(SMART).to(function).json(), "scopes_supported"))
        .doesNotContain("launch");
  }

  /// 45 CFR 170.315(g)(10), as its test kit asks for them.
  private static final List<String> CERTIFIED =
      List.of(
          "launch-ehr",
          "launch-standalone",
          "authorize-post",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "sso-openid-connect",
          "context-banner",
          "context-style",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-patient",
          "permission-offline",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2");

  private Map<String, Object> ofAnEhr() {
    var issuer = LocalWiring.ISSUER;
    var ehr = new ServerIdentity(issuer, issuer + "/fhir", Optional.empty(), true);
    return new ServerMetadata(ehr, local.wiring().registration()).smartConfiguration();
  }

  @Test
  void dis8_whatCertificationAsksForIsListed() {
    assertThat(strings(ofAnEhr(), "capabilities")).containsAll(CERTIFIED);
    assertThat(strings(ofAnEhr(), "grant_types_supported"))
        .contains("authorization_code", "client_credentials");
    assertThat(strings(ofAnEhr(), "scopes_supported")).contains("user/*.rs", "user/*.read");
  }

  @Test
  void dis9_whatElseWorksIsListedAndWhatDoesNotIsNot() {
    assertThat(strings(ofAnEhr(), "grant_types_supported")).contains("refresh_token");
    assertThat(strings(ofAnEhr(), "capabilities"))
        .contains("permission-online")
        .doesNotContain("smart-app-state")
        .doesNotHaveDuplicates();
  }

  @Test
  void brd1_theBrandIsNamedWhereThereIsOne() {
    var issuer = LocalWiring.ISSUER;
    var brand = Brand.of("https://list.example/brands", "urn:ietf:rfc:3986|https://list.example");
    var branded = new ServerIdentity(issuer, issuer + "/fhir", Optional.of(brand), false);

    assertThat(new ServerMetadata(branded, local.wiring().registration()).smartConfiguration())
        .containsEntry("user_access_brand_bundle", "https://list.example/brands")
        .containsEntry(
            "user_access_brand_identifier",
            Map.of("system", "urn:ietf:rfc:3986", "value", "https://list.example"));
    assertThat(Call.get(SMART).to(function).json())
        .doesNotContainKeys("user_access_brand_bundle", "user_access_brand_identifier");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SMART,
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-protected-resource/fhir"
      })
  void t62_forgedHeadersChangeNoDocument(String path) {
    var forged = Forged.headers(Call.get(path)).to(function);

    assertThat(forged.body())
        .isEqualTo(Call.get(path).to(function).body())
        .contains(LocalWiring.ISSUER)
        .doesNotContain("evil.example");
  }

  @Test
  void keysHaveNoPrivateMembers() {
    var answer = Call.get("/jwks").to(new JwksFunction(local.wiring()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("keys"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1)
        .allSatisfy(
            key ->
                assertThat(((Map<?, ?>) key).keySet().stream().map(Object::toString))
                    .containsExactlyInAnyOrder("kty", "kid", "use", "alg", "n", "e"));
  }

  private static List<String> strings(Map<String, Object> document, String name) {
    return ((List<?>) document.getOrDefault(name, List.of()))
        .stream().map(String.class::cast).toList();
  }
}
