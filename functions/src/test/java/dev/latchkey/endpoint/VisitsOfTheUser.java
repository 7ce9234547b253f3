package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.TestBrowser.Answer;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A deployment that knows the recent visits of Ana and of her child, and a browser in which an app
/// asks for which of them it is used.
final class VisitsOfTheUser implements RecentEncounters {
  static final String SCOPE =
      "openid online_access launch/patient launch/encounter patient/Encounter.rs"
          + " patient/Goal.rs";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.browserApp())
          .seed(TestUsers.ana())
          .seed(TestUsers.ben())
          .seed(TestUsers.drRoe());
  private final Wiring wiring =
      local.wiring().withConsent(new ConsentSettings(RecordCounts.NONE, this, false));
  private final TestBrowser browser = new TestBrowser(wiring);
  private final TokenFunction tokens = new TokenFunction(wiring);

  private final List<String> asked = new ArrayList<>();
  private final Map<String, List<Entry>> known =
      new HashMap<>(
          Map.of(
              "ana",
              List.of(
                  new Entry(
                      "ana-2", "2026-06-17T20:03:06+02:00", "Check up", "<Clinic>", "Dr. Roe"),
                  new Entry("ana-1", "2025", "", "", "")),
              "mia",
              List.of(new Entry("mia-1", "2026-01-02", "Fever", "", ""))));

  @Override
  public List<Entry> of(String patient, String fhirUser) {
    asked.add(patient + " for " + fhirUser);
    return known.getOrDefault(patient, List.of());
  }

  LocalWiring local() {
    return local;
  }

  Wiring wiring() {
    return wiring;
  }

  TestBrowser browser() {
    return browser;
  }

  TokenFunction tokens() {
    return tokens;
  }

  /// For whose visits it was asked, and by whom.
  List<String> asked() {
    return asked;
  }

  /// By patient.
  Map<String, List<Entry>> known() {
    return known;
  }

  /// Arrives at the sign-in page, and gives the handle of the transaction.
  String arrived(String scope) {
    return browser.arrive(
        TestClients.BROWSER.value(),
        TestClients.BROWSER_REDIRECT,
        scope,
        "code_challenge",
        SecretHash.of(Grants.VERIFIER).value());
  }

  Answer signIn(String txn, String username) {
    return browser.submit("sign-in", txn, "username", username, "password", TestUsers.PASSWORD);
  }

  /// Signs in, and gives the handle of the transaction.
  String signedIn(String scope, String username) {
    var txn = arrived(scope);
    signIn(txn, username);
    return txn;
  }

  Call.Answer exchanged(Answer allowed) {
    var code = Objects.requireNonNull(allowed.parameter("code"));
    return new Grants(local).browserExchange(code).to(tokens);
  }

  /// What the app gets for a consent page that the user sends as it is.
  Call.Answer allowed(String txn) {
    return exchanged(browser.allow(txn, browser.open("consent", txn).ticked()));
  }

  static void assertToldOfNoVisit(Call.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).doesNotContainKey("encounter");
    assertThat(answer.text("scope")).doesNotContain("launch/encounter");
  }
}
