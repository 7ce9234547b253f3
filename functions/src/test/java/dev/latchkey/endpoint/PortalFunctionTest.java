package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.LambdaPortal;
import dev.latchkey.contract.InProcessLambda;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Parameters;
import dev.latchkey.portal.Portal;
import dev.latchkey.secret.SecretHash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A sign-in at the portal as it is on AWS: the browser talks to one function, which has the portal
/// asked by another.
class PortalFunctionTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:portal:live";
  private static final String CODE = "not-a-secret-code-of-the-portal";

  private static final LocalWiring local = LocalWiring.start().seed(TestClients.nativeApp());

  @RegisterExtension static final ScriptedProvider provider = ScriptedProvider.start(local.clock());

  /// Which has read nothing of the provider yet.
  private final InProcessLambda lambda =
      new InProcessLambda(
          ARN, new PortalFunction(Optional.of(provider.portal()), Optional.empty()));

  private final TestBrowser browser = browser(lambda);

  @Test
  void whoeverThePortalKnowsGoesOnAndItsTokensStayInTheFunctionThatAsked() {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var away = leave(txn);
    var token = provider.idToken(away.get("nonce").orElseThrow());
    var patients = List.of("ben", Map.of("id", "eva", "name", "Eva Silva"));
    provider.handingOut(token.claim("patients", patients).claim("acr", "two-factors"));

    var back = comeBack(away, "code=" + CODE);

    assertThat(back.path()).isEqualTo("/interaction/patient");
    assertThat(browser.open("patient", txn).body())
        .contains("Ana Silva", "born 2 April 1988", "Patient/ben", "Eva Silva");
    assertThat(browser.submit("patient", txn, "patient", "eva").path())
        .isEqualTo("/interaction/consent");
    assertThat(lambda.payloads()).hasSize(2);
    var sent = provider.redeemed().getFirst();
    assertThat(sent.get("code")).hasValue(CODE);
    assertThat(sent.get("client_id")).hasValue(ScriptedProvider.CLIENT);
    assertThat(sent.get("grant_type")).hasValue("authorization_code");
    assertThat(sent.get("redirect_uri")).isEqualTo(away.get("redirect_uri"));
    assertThat(SecretHash.of(sent.get("code_verifier").orElseThrow()).value())
        .isEqualTo(away.get("code_challenge").orElseThrow());
    assertThat(provider.asked())
        .containsExactly("/.well-known/openid-configuration", "/token", "/jwks");
  }

  @Test
  void whatTheAppWishesReachesThePortalThroughTheFunction() {
    var txn =
        browser.arriveWishing(
            PortalDeployment.SCOPE,
            "login_hint",
            "ana & ben",
            "ui_locales",
            "es",
            "max_age",
            "300");
    var away = leave(txn);
    assertThat(away.get("login_hint")).hasValue("ana & ben");
    assertThat(away.get("ui_locales")).hasValue("es");
    assertThat(away.get("max_age")).hasValue("300");
    assertThat(away.get("prompt")).isEmpty();

    var old = provider.idToken(away.get("nonce").orElseThrow());
    provider.handingOut(old.claim("auth_time", local.clock().seconds() - 3600));
    var again = Parameters.parse(query(comeBack(away, "code=" + CODE).location()));

    assertThat(again.get("prompt")).hasValue("login");
    assertThat(again.get("max_age")).hasValue("0");
  }

  @ParameterizedTest
  @CsvSource({
    "429, '{\"error\":\"slow_down\"}', 503",
    "500, '', 503",
    "502, '<html>', 503",
    "503, '{\"error\":\"temporarily_unavailable\"}', 503",
    "400, '{\"error\":\"invalid_grant\"}', 400",
    "401, '{\"error\":\"invalid_client\"}', 400",
    "302, '', 400",
    "200, '', 400",
    "200, 'garbage', 400",
    "200, '{\"access_token\":\"a\"}', 400",
    "200, '{\"id_token\":7}', 400",
    "200, '[]', 400"
  })
  void anAnswerOfTheTokenEndpointThatIsNoIdTokenSignsNobodyIn(int status, String body, int shown) {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var away = leave(txn);
    provider.answering(status, body);

    var back = comeBack(away, "code=" + CODE);

    assertThat(back.status()).isEqualTo(shown);
    assertThat(back.body()).contains(PortalDeployment.tryAgain(txn));
    assertThat(back.cookies()).isEmpty();
    var anew = leave(txn);
    provider.handingOut(provider.idToken(anew.get("nonce").orElseThrow()));
    assertThat(comeBack(anew, "code=" + CODE).path()).isEqualTo("/interaction/consent");
  }

  @Test
  void anAnswerThatIsLongerThanAnyIsNone() {
    var away = leave(browser.arrive(PortalDeployment.SCOPE));
    provider.answering(200, "{\"a\":\"" + "a".repeat(65_536) + "\"}");

    assertThat(comeBack(away, "code=" + CODE).status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"true, false, 400", "true, true, 303", "false, false, 303", "false, true, 303"})
  void aPortalThatNamesItselfInItsAnswersMustNameItselfInEach(
      boolean says, boolean named, int status) {
    provider.discovery("authorization_response_iss_parameter_supported", says);
    var away = leave(browser.arrive(PortalDeployment.SCOPE));
    provider.handingOut(provider.idToken(away.get("nonce").orElseThrow()));
    var iss = "&iss=" + URLEncoder.encode(provider.issuer(), StandardCharsets.UTF_8);

    assertThat(comeBack(away, "code=" + CODE + (named ? iss : "")).status()).isEqualTo(status);
    assertThat(provider.redeemed()).hasSize(status == 303 ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"https://another.example", "%s/"})
  void anAnswerThatNamesAnotherPortalIsNotTakenToThisOne(String issuer) {
    var away = leave(browser.arrive(PortalDeployment.SCOPE));
    provider.handingOut(provider.idToken(away.get("nonce").orElseThrow()));

    var refused = comeBack(away, "code=" + CODE + "&iss=" + issuer.formatted(provider.issuer()));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("The sign-in did not work");
    assertThat(provider.redeemed()).isEmpty();
  }

  @Test
  void anAnswerWithoutACodeOrAnErrorIsNone() {
    var away = leave(browser.arrive(PortalDeployment.SCOPE));

    assertThat(comeBack(away, "session_state=x").status()).isEqualTo(400);
    assertThat(provider.redeemed()).isEmpty();
  }

  @Test
  void aFunctionThatBreaksIsAPortalThatDoesNotAnswer() {
    var broken =
        new InProcessLambda(
            ARN,
            new PortalFunction(
                Optional.of(
                    new Portal() {
                      @Override
                      public Optional<String> address(Departure departure) {
                        throw new IllegalStateException("out of memory");
                      }

                      @Override
                      public Answer identify(Return back) {
                        throw new IllegalStateException("out of memory");
                      }
                    }),
                Optional.empty()));
    var away = leave(browser.arrive(PortalDeployment.SCOPE));
    var unlucky = browser(broken);
    unlucky.cookies().putAll(browser.cookies());

    var state = "state=" + away.get("state").orElseThrow();
    assertThat(answer(broken, unlucky, state + "&code=" + CODE).status()).isEqualTo(503);
    var txn = unlucky.arrive(PortalDeployment.SCOPE);
    assertThat(unlucky.open("sign-in", txn).status()).isEqualTo(503);
  }

  @Test
  void aFunctionThatCannotBeCalledIsAPortalThatDoesNotAnswer() {
    var nobody = new LambdaPortal(lambda, "another");
    var lost = new TestBrowser(local.wiring().withPortal(nobody));

    assertThat(lost.open("sign-in", lost.arrive(PortalDeployment.SCOPE)).status()).isEqualTo(503);
  }

  @Test
  void withoutAPortalTheFunctionSaysSo() {
    var none = new PortalFunction(Optional.empty(), Optional.empty());

    var answer = Invocation.of(none, "{\"departure\":{}}");

    assertThat(answer.answer()).containsEntry("reason", "No portal is set up.");
    assertThat(answer.log()).singleElement().asString().contains("portal_refused");
  }

  private TestBrowser browser(InProcessLambda on) {
    return new TestBrowser(local.wiring().withPortal(new LambdaPortal(on, ARN)));
  }

  private Parameters leave(String txn) {
    var away = browser.open("sign-in", txn);
    assertThat(away.status()).isEqualTo(303);
    assertThat(away.location()).startsWith(provider.issuer() + "/authorize?");
    return Parameters.parse(query(away.location()));
  }

  private static String query(String address) {
    return address.split("\\?", 2)[1];
  }

  private TestBrowser.Answer comeBack(Parameters away, String answer) {
    return answer(lambda, browser, "state=" + away.get("state").orElseThrow() + "&" + answer);
  }

  private TestBrowser.Answer answer(InProcessLambda on, TestBrowser from, String query) {
    return PortalDeployment.answer(
        local.wiring().withPortal(new LambdaPortal(on, ARN)), from, query);
  }
}
