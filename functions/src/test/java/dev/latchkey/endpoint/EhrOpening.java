package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.TestBrowser.Answer;
import dev.latchkey.launch.AppOpening;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.SecretHash;
import java.util.Map;
import java.util.Objects;

/// An EHR in which Dr. Roe opens the browser app, and the browser in which that app asks for
/// access.
final class EhrOpening {
  static final String SCOPE =
      "launch openid fhirUser online_access patient/Patient.rs patient/Observation.rs";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.browserApp())
          .seed(TestClients.nativeApp())
          .seed(TestUsers.ana())
          .seed(TestUsers.drRoe());
  private final AppOpening opening =
      new AppOpening(
          local.wiring().stores().launches(), local.wiring().identity(), local.wiring().entropy());
  private final TestBrowser browser = new TestBrowser(local.wiring());
  private final TokenFunction tokens = new TokenFunction(local.wiring());

  LocalWiring local() {
    return local;
  }

  AppOpening opening() {
    return opening;
  }

  TestBrowser browser() {
    return browser;
  }

  TokenFunction tokens() {
    return tokens;
  }

  /// Where the EHR sends the browser.
  String opened(LaunchContext context, User user) {
    return opening
        .open(
            TestClients.browserApp(), new Launch(user.subject(), context), local.clock().instant())
        .orElseThrow();
  }

  /// That the app gets of it.
  String handle(LaunchContext context) {
    return Objects.requireNonNull(query(opened(context, TestUsers.drRoe())).get("launch"));
  }

  Answer authorize(String scope, Map<String, String> more) {
    return browser.authorize(
        TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT, scope, more);
  }

  /// Dr. Roe signs in to the request of an app that was opened.
  ///
  /// @return the handle of the transaction
  String signedIn(String scope, String launch) {
    var answer = authorize(scope, Map.of("launch", launch, "code_challenge", challenge()));
    var txn = Objects.requireNonNull(answer.parameter("txn"));
    browser.submit("sign-in", txn, "username", "roe", "password", TestUsers.PASSWORD);
    return txn;
  }

  /// And allows all of it.
  Call.Answer connected(String scope, String launch) {
    var txn = signedIn(scope, launch);
    var answer = browser.allow(txn, browser.open("consent", txn).ticked());
    var code = Objects.requireNonNull(answer.parameter("code"));
    return new Grants(local).browserExchange(code).to(tokens);
  }

  private static String challenge() {
    return SecretHash.of(Grants.VERIFIER).value();
  }

  static void assertRefused(Answer answer) {
    assertRefused(answer, "invalid_request");
  }

  static void assertRefused(Answer answer, String error) {
    assertThat(answer.parameter("error")).isEqualTo(error);
    assertThat(answer.parameter("state")).isEqualTo("a state/&ü");
    assertThat(answer.parameter("code")).isNull();
  }
}
