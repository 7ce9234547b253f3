package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scopes over the records that the signed-in user may see.
class UserScopesTest {
  private final LocalWiring local =
      LocalWiring.start()
          .seed(
              TestClients.nativeApp().withScopes(ScopeSet.parse(TestClients.SCOPES + " user/*.rs")))
          .seed(TestUsers.ana())
          .seed(TestUsers.drRoe());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private String signedIn(String scope, String username) {
    return browser.signIn(scope, username, TestUsers.PASSWORD);
  }

  private ScopeSet granted(TestBrowser.Answer answer) {
    var code = Objects.requireNonNull(answer.parameter("code"));
    return local.wiring().stores().codes().find(SecretHash.of(code)).orElseThrow().scopes();
  }

  @Test
  void sco9_aPractitionerIsAskedForEveryRecordAndForNoPatient() {
    var page = browser.open("consent", signedIn("user/Goal.rs openid", "roe"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("Allow <bdi>Test Native</bdi> to see every record that you can open?")
        .contains("Health goals, in every record that you can open")
        .doesNotContain("Whose record");
  }

  @ParameterizedTest
  @CsvSource({
    "user/Goal.rs, user/Goal.rs",
    "user/Goal.read, user/Goal.read",
    "user/Observation.r?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory,"
        + " user/Observation.r?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
    "user/Goal.rs user/Goal.cruds, user/Goal.rs"
  })
  void sco9_whatIsAllowedIsGrantedInItsSpelling(String asked, String expected) {
    var txn = signedIn(asked, "roe");
    var offered = browser.open("consent", txn).inputs("scope");

    assertThat(granted(browser.allow(txn, offered.subList(0, 1))).spelled()).isEqualTo(expected);
  }

  @Test
  void sco9_aWildcardIsOfferedTypeByTypeForBothContexts() {
    var page = browser.open("consent", signedIn("user/*.rs patient/*.rs", "ana"));

    assertThat(page.inputs("scope"))
        .contains("user/Goal.rs", "patient/Goal.rs", "user/Immunization.rs")
        .doesNotContain("user/*.rs");
  }

  @Test
  void sco8_noMoreIsOfferedThanIsRegisteredAndAskedFor() {
    var page =
        browser.open(
            "consent", signedIn("user/Goal.rs user/Condition.cruds offline_access", "roe"));

    assertThat(page.inputs("scope").stream().filter(scope -> scope.contains("/")))
        .containsExactly("user/Goal.rs");
    var added =
        browser.allow(
            signedIn("user/Goal.rs", "roe"), List.of("user/Goal.rs", "user/Condition.rs"));
    assertThat(added.status()).isEqualTo(403);
  }

  private TestBrowser.Answer asked(String scope) {
    return browser.authorize(
        TestClients.NATIVE.value(), TestClients.NATIVE_REDIRECT, scope, Map.of());
  }

  @Test
  void sco8_nothingLeftToGrantIsAnError() {
    assertThat(asked("user/Goal.d").parameter("error")).isEqualTo("invalid_scope");
    var refused = browser.allow(signedIn("user/Goal.rs", "roe"), List.of());
    assertThat(refused.parameter("error")).isEqualTo("access_denied");
  }

  @Test
  void sco9_theTokenNamesTheUserAndUserinfoDoesNotWithoutItsScope() throws ParseException {
    var grants = new Grants(local);
    var code = grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "openid user/Goal.rs");
    var token =
        (String)
            Objects.requireNonNull(
                grants
                    .exchange(code)
                    .to(new TokenFunction(local.wiring()))
                    .json()
                    .get("access_token"));

    assertThat(claims(token).getStringClaim("fhirUser"))
        .isEqualTo("https://latchkey.example/fhir/Patient/ana");
    var userinfo =
        Call.get("/userinfo")
            .header("authorization", "Bearer " + token)
            .to(new UserinfoFunction(local.wiring()));
    assertThat(userinfo.status()).isEqualTo(200);
    assertThat(userinfo.json()).doesNotContainKeys("fhirUser", "profile").containsKey("sub");
  }

  private static JWTClaimsSet claims(String token) throws ParseException {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }
}
