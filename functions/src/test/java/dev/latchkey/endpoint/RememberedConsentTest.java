package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.Registration;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Withdrawal;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a deployment remembers consent, and where it must not (requirement CON-6, threats T15 and
/// T21).
class RememberedConsentTest extends RememberingDeployment {
  private static void assertAsked(TestBrowser.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("name=\"decision\" value=\"allow\"");
  }

  @Test
  void con6_anAppThatAsksForNoMoreThanItHoldsIsLetInWithoutThePage() {
    connect(ALL);

    var answer = again(SCOPE);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).startsWith(TestClients.WEB_REDIRECT + "?");
    assertThat(answer.parameter("iss")).isEqualTo(LocalWiring.ISSUER);
    var granted = exchange(answer, "test-web", TestClients.WEB_REDIRECT);
    assertThat(granted.scopes().spelled()).isEqualTo(SCOPE);
    assertThat(granted.launch().patientId()).contains("ana");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openid patient/Goal.rs",
        "openid fhirUser launch/patient patient/Device.r offline_access",
        "patient/Goal.read"
      })
  void con6_lessOfItIsNothingNew(String less) {
    connect(ALL);

    var answer = again(less);

    var granted = exchange(answer, "test-web", TestClients.WEB_REDIRECT);
    assertThat(granted.scopes().spelled()).isEqualTo(less);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SCOPE + " patient/Condition.rs",
        SCOPE + " patient/Goal.cruds",
        SCOPE + " online_access",
        "openid patient/*.rs"
      })
  void con6_whateverIsNewIsAskedFor(String more) {
    connect(ALL);

    assertAsked(again(more));
  }

  @Test
  void con6_whatThePatientLeftOutIsNeverGrantedWithoutThem() {
    connect(List.of("offline_access", "patient/Goal.rs"));

    assertAsked(again(SCOPE));
    assertThat(again("patient/Goal.rs").parameter("code")).isNotNull();
  }

  @Test
  void con6_sensitivePartsThatWereNotTickedAreAskedFor() {
    var some = "patient/Observation.rs offline_access";
    var page = again(some);
    var csrf = page.inputs("csrf").getFirst();
    var txn = page.inputs("txn").getFirst();
    var fields =
        Stream.concat(page.ticked().stream(), Stream.of("offline_access"))
            .distinct()
            .flatMap(scope -> Stream.of("scope", scope));
    var sent = Stream.concat(Stream.of("decision", "allow"), fields).toArray(String[]::new);
    exchange(browser.post("consent", txn, csrf, sent), "test-web", TestClients.WEB_REDIRECT);

    assertAsked(again(some));
  }

  @Test
  void con6_accessThatDoesNotLastIsNotRemembered() {
    connect(List.of("patient/Goal.rs", "patient/Device.rs"));

    assertAsked(again("patient/Goal.rs"));
  }

  @Test
  void con6_anotherPatientIsAnotherDecision() {
    var other = new TestBrowser(wiring);
    var txn = ofBen(other, "mia");
    exchange(other.allow(txn, ALL), "test-web", TestClients.WEB_REDIRECT);

    assertAsked(other.open("consent", ofBen(other, "ben")));
    assertThat(other.open("consent", ofBen(other, "mia")).parameter("code")).isNotNull();
    assertAsked(again(SCOPE));
  }

  @Test
  void con6_whoIsAnotherPersonToTheFhirServerThanBeforeDecidesAnew() {
    connect(ALL);
    var ana = TestUsers.ana();
    local.seed(
        new User(
            ana.username(),
            ana.subject(),
            ana.name(),
            ana.passwordHash(),
            "Practitioner/ana",
            ana.patients()));

    assertAsked(again(SCOPE));

    local.seed(ana);
    assertThat(again(SCOPE).parameter("code")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"prompt, consent", "prompt, login consent"})
  void con6_anAppCanHaveThePatientAsked(String name, String value) {
    connect(ALL);

    assertAsked(again(SCOPE, name, value));
  }

  static Stream<Client> t21_anAppThatCannotProveItselfIsNeverLetIn() {
    return Stream.of(
        TestClients.nativeApp(),
        TestClients.claimedApp(),
        TestClients.dpopApp().with(TestClients.nativeApp().rules()),
        TestClients.browserApp());
  }

  @ParameterizedTest
  @MethodSource
  void t21_anAppThatCannotProveItselfIsNeverLetIn(Client app) {
    local.seed(app);
    var redirectUri = app.redirectUris().getFirst().value();
    connect(wiring, app.id().value(), redirectUri, ALL);

    assertAsked(againFrom(app.id().value(), redirectUri, SCOPE));
  }

  static Stream<Registration> con6_anAppThatOperatorsDoNotAnswerForIsNotLetIn() {
    var known = TestClients.webApp().registration();
    return Stream.of(
        known.at(IdentityLevel.REGISTERED),
        known.at(IdentityLevel.UNVERIFIED),
        known.managedWith(SecretHash.of("a registration token")),
        Registration.byOperator(known.registeredAt() + 60));
  }

  @ParameterizedTest
  @MethodSource
  void con6_anAppThatOperatorsDoNotAnswerForIsNotLetIn(Registration changed) {
    connect(ALL);
    local.seed(TestClients.webApp().with(changed));

    assertAsked(again(SCOPE));
  }

  static Stream<Consumer<RememberedConsentTest>> con6_takingItBackEndsTheMemory() {
    return Stream.of(
        test -> test.withdrawal().ofGrant("sub-5f1c", test.family, test.now()),
        test -> test.withdrawal().ofApp("sub-5f1c", test.family, test.now()),
        test -> test.withdrawal().ofEverything("sub-5f1c", test.now()),
        test ->
            test.wiring
                .stores()
                .cutoffs()
                .raise(
                    new Cutoffs.Of.App("sub-5f1c", new ClientId("test-web")),
                    test.now(),
                    Lifetimes.END_OF_TIME),
        test ->
            test.wiring
                .stores()
                .cutoffs()
                .raise(
                    new Cutoffs.Of.Client(new ClientId("test-web")),
                    test.now(),
                    Lifetimes.END_OF_TIME),
        test -> test.wiring.stores().families().revoke(test.family, "reuse", test.now() + 60));
  }

  private FamilyId family = new FamilyId("");

  private Withdrawal withdrawal() {
    return new Withdrawal(wiring.stores().families(), wiring.stores().cutoffs());
  }

  @ParameterizedTest
  @MethodSource
  void con6_takingItBackEndsTheMemory(Consumer<RememberedConsentTest> takeBack) {
    family = connect(ALL);

    takeBack.accept(this);
    local.clock().advance(Duration.ofSeconds(2));

    assertAsked(again(SCOPE));
  }

  @Test
  void con6_itEndsAndGrantsWithoutAPageDoNotProlongIt() {
    connect(ALL);
    var end = now() + Lifetimes.REMEMBERED_CONSENT.toSeconds();
    for (int visit = 0; visit < 3; visit++) {
      local.clock().advance(Duration.ofDays(59));
      var granted = exchange(again(SCOPE), "test-web", TestClients.WEB_REDIRECT);
      assertThat(granted.accessEndsAt()).isEqualTo(end);
      assertThat(
              wiring.stores().families().find(granted.family()).orElseThrow().absoluteExpiresAt())
          .isEqualTo(end);
    }

    local.clock().advance(Duration.ofDays(3));

    assertAsked(again(SCOPE));
  }

  @Test
  void con6_itLastsNoLongerThanThePatientChose() {
    connect(ALL, "span", "month");
    var end = now() + Duration.ofDays(31).toSeconds();

    var granted = exchange(again(SCOPE), "test-web", TestClients.WEB_REDIRECT);

    assertThat(granted.accessEndsAt()).isEqualTo(end);
    local.clock().advance(Duration.ofDays(32));
    assertAsked(again(SCOPE));
  }

  @Test
  void rememberingCostsThreeReadsAndOnlyWhereItCanMatter() {
    connect(ALL);
    browser.cookies().clear();
    var txn = browser.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE, "prompt", "consent");
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    local.calls().reset();
    browser.open("consent", txn);
    var asked = local.calls().reads();
    var silent = browser.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE);
    browser.open("sign-in", silent);
    local.calls().reset();

    browser.open("consent", silent);

    assertThat(local.calls().reads()).isEqualTo(asked + 3);
  }

  @Test
  void con6_thePageSaysThatALastingYesIsRememberedWhereItIs() {
    var words = "may come back for the same or less without asking you, for 180 days at most";
    assertThat(again(SCOPE).body()).contains(words);
    assertThat(again("patient/Goal.rs").body()).doesNotContain(words);
    browser.sending("accept-language", "es");
    assertThat(again(SCOPE).body()).contains("sin preguntarle, durante 180 días como máximo");

    local.seed(TestClients.nativeApp());
    browser.sending("accept-language", "en");
    var other = againFrom("test-native", TestClients.NATIVE_REDIRECT, SCOPE);
    assertThat(other.body()).doesNotContain(words);
  }

  @Test
  void whereADeploymentDoesNotRememberThePatientIsAsked() {
    connect(ALL);
    var other = new TestBrowser(local.wiring());
    var txn = other.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE);
    other.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);

    assertAsked(other.open("consent", txn));
  }
}
