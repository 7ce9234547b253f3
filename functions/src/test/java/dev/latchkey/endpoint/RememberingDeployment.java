package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.FamilyId;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A deployment that remembers consent, and what apps and patients do with it.
abstract class RememberingDeployment {
  static final String SCOPE =
      "openid fhirUser launch/patient offline_access patient/Goal.rs patient/Device.rs";
  static final List<String> ALL = List.of("offline_access", "patient/Goal.rs", "patient/Device.rs");

  final LocalWiring local =
      LocalWiring.start().seed(TestClients.webApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  final Wiring wiring = local.wiring().withConsent(new ConsentSettings(true));
  final TestBrowser browser = new TestBrowser(wiring);

  /// Ana signs in and allows what is ticked, and the app exchanges the code.
  FamilyId connect(List<String> ticked, String... more) {
    return connect(wiring, "test-web", TestClients.WEB_REDIRECT, ticked, more);
  }

  FamilyId connect(
      Wiring where, String app, String redirectUri, List<String> ticked, String... more) {
    var other = new TestBrowser(where);
    var txn = other.arrive(app, redirectUri, SCOPE);
    other.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    var fields = Stream.concat(Stream.of("decision", "allow"), Stream.of(more));
    var scopes = ticked.stream().flatMap(scope -> Stream.of("scope", scope));
    var answer = other.submit("consent", txn, Stream.concat(fields, scopes).toArray(String[]::new));
    return exchange(answer, app, redirectUri).family();
  }

  /// The app exchanges its code.
  CodeBinding exchange(TestBrowser.Answer answer, String app, String redirectUri) {
    var code = Objects.requireNonNull(answer.parameter("code"), answer.body());
    var binding = wiring.stores().codes().find(SecretHash.of(code)).orElseThrow();
    var call =
        Call.post("/token")
            .with("grant_type", "authorization_code")
            .with("code", code)
            .with("redirect_uri", redirectUri)
            .with("code_verifier", Grants.VERIFIER)
            .with("client_id", app);
    var sent = app.equals("test-web") ? call.with("client_secret", TestClients.WEB_SECRET) : call;
    assertThat(sent.to(new TokenFunction(wiring)).status()).isEqualTo(200);
    return binding;
  }

  /// The same patient comes from the app once more and signs in.
  TestBrowser.Answer again(String scope, String... more) {
    return againFrom("test-web", TestClients.WEB_REDIRECT, scope, more);
  }

  TestBrowser.Answer againFrom(String app, String redirectUri, String scope, String... more) {
    browser.cookies().clear();
    var txn = browser.arrive(app, redirectUri, scope, more);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return browser.open("consent", txn);
  }

  static String ofBen(TestBrowser other, String patient) {
    other.cookies().clear();
    var txn = other.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE);
    other.submit("sign-in", txn, "username", "ben", "password", TestUsers.PASSWORD);
    other.submit("patient", txn, "patient", patient);
    return txn;
  }

  long now() {
    return local.clock().seconds();
  }
}
