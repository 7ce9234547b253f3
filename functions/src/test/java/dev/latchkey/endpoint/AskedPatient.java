package dev.latchkey.endpoint;

import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.secret.SecretHash;
import java.util.Objects;

/// Ana, whom apps of every kind ask for access to her record, up to what she answers.
final class AskedPatient {
  static final String OBSERVATIONS = "patient/Observation.rs";
  static final String CONDITIONS = "patient/Condition.rs";
  static final String SCOPE =
      "launch/patient openid fhirUser offline_access " + OBSERVATIONS + " " + CONDITIONS;

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.webApp())
          .seed(TestClients.browserApp())
          .seed(TestClients.claimedApp())
          .seed(TestClients.dpopApp())
          .seed(TestUsers.ana());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  LocalWiring local() {
    return local;
  }

  TestBrowser browser() {
    return browser;
  }

  /// Signs in, and gives the handle of the transaction.
  String signedIn(String scope) {
    return browser.signIn(scope, "ana", TestUsers.PASSWORD);
  }

  String signedIn(String client, String redirectUri, String scope) {
    var txn = browser.arrive(client, redirectUri, scope);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return txn;
  }

  /// What the code stands for that the app was sent.
  CodeBinding granted(TestBrowser.Answer answer) {
    var code = Objects.requireNonNull(answer.parameter("code"));
    return local.wiring().stores().codes().find(SecretHash.of(code)).orElseThrow();
  }

  /// As [#signedIn(String)], in a browser in which she is signed in already.
  String signedInAgain(String scope) {
    var txn = browser.arrive(scope);
    browser.open("sign-in", txn);
    return txn;
  }
}
