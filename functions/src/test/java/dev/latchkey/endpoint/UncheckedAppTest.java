package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Apps that nobody checked, and those that have ended (threats T04 and T60).
class UncheckedAppTest {
  private static final String SCOPE = "launch/patient offline_access patient/Observation.rs";
  private static final String CALLBACK = "http://127.0.0.1:51004/callback";

  private final LocalWiring local = LocalWiring.start();
  private final Registrations registrations = Registrations.over(local);
  private final TestBrowser browser = new TestBrowser(local.wiring());
  private final AuthorizeFunction authorize = new AuthorizeFunction(local.wiring());
  private String id = "";

  @BeforeEach
  void register() {
    local.seed(TestUsers.ana());
    id = registrations.register(Registrations.nativeApp()).text("client_id");
  }

  private Client kept() {
    return local.wiring().stores().clients().find(new ClientId(id)).orElseThrow();
  }

  private Call asking(String name, String value) {
    var request = Asking.changed("redirect_uri", CALLBACK);
    request.put("client_id", id);
    request.put(name, value);
    return Call.get("/authorize").with(request);
  }

  private String atConsent() {
    var txn = browser.arrive(id, CALLBACK, SCOPE);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return txn;
  }

  @ParameterizedTest
  @CsvSource({
    "state, '', invalid_request",
    "scope, nonsense, invalid_scope",
    "prompt, none, login_required",
    "response_type, token, unsupported_response_type",
    "aud, https://evil.example/fhir, invalid_request"
  })
  void t04_sendsNobodyThereWithoutBeingAsked(String name, String value, String error) {
    var answer = asking(name, value).to(authorize);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.body())
        .contains("Go to <bdi>127.0.0.1:51004</bdi>", "href=\"" + CALLBACK + "?", "error=" + error);
  }

  @ParameterizedTest
  @CsvSource({"VERIFIED", "REGISTERED"})
  void t04_sendsBackToAnAppThatSomebodyAnswersFor(IdentityLevel level) {
    local.seed(kept().with(kept().registration().at(level)));

    var answer = asking("state", "").to(authorize);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).startsWith(CALLBACK + "?");
  }

  @Test
  void anAddressIsNoMarkup() {
    var hostile =
        Registrations.with(
            Registrations.nativeApp(),
            "redirect_uris",
            List.of("org.example.app://x'onclick=alert(1)/&lt;b>?a=b"));
    var answer = registrations.register(hostile);
    assertThat(answer.text("error")).isEqualTo("invalid_redirect_uri");

    var tricky = "org.example.app:/callback?a=1&amp;b='onclick='x";
    id =
        registrations
            .register(
                Registrations.with(Registrations.nativeApp(), "redirect_uris", List.of(tricky)))
            .text("client_id");
    var request = Asking.changed("redirect_uri", tricky);
    request.put("client_id", id);
    request.put("state", "");

    var page = Call.get("/authorize").with(request).to(authorize);

    assertThat(page.body())
        .contains(
            "Go to <bdi>org.example.app:</bdi>", "href=\"org.example.app:/callback?a=1&amp;amp;b=")
        .doesNotContain("\"org.example.app:/callback?a=1&amp;b='onclick='x\"");
  }

  @Test
  void theConsentPageSaysWhoAnswersForTheApp() {
    var txn = atConsent();
    var warning = "<strong>Nobody checked who registered this app.";
    assertThat(browser.open("consent", txn).body()).contains("notice warning\">" + warning);

    local.seed(kept().with(kept().registration().at(IdentityLevel.REGISTERED)));
    assertThat(browser.open("consent", txn).body())
        .contains("The people who run this server let its developer register it.")
        .doesNotContain(warning);

    local.seed(kept().with(kept().registration().at(IdentityLevel.VERIFIED)));
    assertThat(browser.open("consent", txn).body())
        .contains("The people who run this server checked who its developer is.")
        .doesNotContain(warning);
  }

  @Test
  void thePatientsYesKeepsAnAppThatWouldEnd() {
    assertThat(kept().registration().expiresAt()).isNotEqualTo(Lifetimes.END_OF_TIME);

    browser.submit("consent", atConsent(), "decision", "deny");
    assertThat(kept().registration().expiresAt()).isNotEqualTo(Lifetimes.END_OF_TIME);

    var first = writesToAllow();
    assertThat(kept().registration().expiresAt()).isEqualTo(Lifetimes.END_OF_TIME);

    assertThat(writesToAllow()).isEqualTo(first - 1);
  }

  private int writesToAllow() {
    var txn = atConsent();
    local.calls().reset();
    browser.submit("consent", txn, "decision", "allow", "scope", "patient/Observation.rs");
    return local.calls().writes();
  }

  @Test
  void anUnusedAppEnds() {
    var txn = atConsent();
    local.clock().advance(RegistrationPolicy.UNUSED);

    assertThat(asking("state", "s").to(authorize).body())
        .contains("The registration of this app has ended or is switched off.");
    assertThat(browser.open("consent", txn).status()).isEqualTo(410);
  }

  @Test
  void anAppThatIsSwitchedOffGetsNoAnswer() {
    var txn = atConsent();
    local.seed(kept().with(kept().registration().disabled(true)));

    var answer = asking("state", "s").to(authorize);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(browser.open("consent", txn).status()).isEqualTo(410);
  }

  @ParameterizedTest
  @CsvSource({
    "Latchkey",
    "LATCHKEY",
    "L a t c h k e y",
    "Lаtchkey",
    "Latсhkеу",
    "ＬａｔｃｈＫｅｙ",
    "L4tchk3y",
    "1atchkey",
    "Låtçhkéy",
    "The real Latchkey app",
    "MyChart",
    "Мусhаrt",
    "My-Chart Official",
    "MyChаrt",
    "rnychart",
    "Ερіс"
  })
  void t60_refusesNamesThatLookLikeProtectedOnes(String name) {
    var there =
        Registrations.over(
            LocalWiring.start(
                LocalWiring.ISSUER,
                RegistrationPolicy.of(
                    RegistrationMode.OPEN, List.of(), List.of("MyChart", "Epic"))));

    Grants.assertRefused(
        there.register(Registrations.with(Registrations.webApp(), "client_name", name)),
        400,
        "invalid_client_metadata");
    Grants.assertRefused(
        there.register(
            Registrations.with(Registrations.webApp(), "client_name", name),
            there.initialAccessToken(1)),
        400,
        "invalid_client_metadata");
  }

  @ParameterizedTest
  @CsvSource({"Epicure recipes", "Chart reader", "Latch", "My health", "Птица", "健康手帳"})
  void takesOtherNames(String name) {
    var there =
        Registrations.over(
            LocalWiring.start(
                LocalWiring.ISSUER,
                RegistrationPolicy.of(
                    RegistrationMode.OPEN, List.of(), List.of("MyChart", "Epic"))));

    var answer = there.register(Registrations.with(Registrations.webApp(), "client_name", name));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.text("client_name")).isEqualTo(name);
  }

  @Test
  void appsOfOperatorsNeverEnd() {
    local.seed(TestClients.nativeApp());
    local.clock().advance(RegistrationPolicy.UNUSED.multipliedBy(100));

    var request = Asking.changed("redirect_uri", CALLBACK);
    request.put("client_id", TestClients.NATIVE.value());
    assertThat(Call.get("/authorize").with(request).to(authorize).header("location"))
        .contains("/interaction/sign-in");
  }
}
