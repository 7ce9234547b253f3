package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.launch.AppOpening;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.token.IdTokens;
import dev.latchkey.wiring.Wiring;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a patient's browser asks for, on the way of an app to its access and afterwards.
///
/// @param local where everything is made that a request needs
record PageOperations(LocalWiring local) {
  private static final String SCOPE =
      "launch/patient openid fhirUser offline_access patient/Observation.rs patient/Condition.rs";
  private static final String VISITS = "launch/patient launch/encounter patient/Encounter.rs";
  private static final List<String> TICKED =
      List.of("offline_access", "patient/Observation.rs", "patient/Condition.rs");

  static PageOperations over(LocalWiring local) {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestUsers.ana());
    var _ = new AppsBrowser(local).allowed(TestClients.BROWSER, SCOPE);
    return new PageOperations(local);
  }

  /// A browser, and the transaction that it is in.
  private record Visit(TestBrowser browser, String txn, String csrf) {
    /// The same browser before another deployment.
    Visit at(LocalWiring instance) {
      var other = new TestBrowser(instance.wiring());
      other.cookies().putAll(browser.cookies());
      return new Visit(other, txn, csrf);
    }
  }

  List<Operation> all() {
    return List.of(
        new Operation("authorize", "authorize", instance -> authorize(instance, Map.of())),
        new Operation("authorize, pushed request", "authorize", this::pushed),
        new Operation("authorize, opened by an EHR", "authorize", this::opened),
        page("sign-in page", this::arrived, v -> v.browser().open("sign-in", v.txn())),
        page("sign-in", this::atSignIn, this::signIn),
        page("consent page", this::signedIn, v -> v.browser().open("consent", v.txn())),
        page("consent", this::atConsent, this::allow),
        visits("encounter page", v -> v.browser().open("encounter", v.txn())),
        visits("encounter choice", this::chooseVisit),
        new Operation("apps page, one app", "apps", this::appsPage),
        new Operation("apps, take back one", "apps", this::takeBack),
        new Operation("logout with an id_token", "logout", this::logout));
  }

  private static Operation page(
      String name, Supplier<Visit> prepared, Function<Visit, TestBrowser.Answer> act) {
    return new Operation(
        name,
        "interaction",
        instance -> {
          var visit = prepared.get().at(instance);
          return () -> assertGood(act.apply(visit));
        });
  }

  /// Where visits are listed.
  private Operation visits(String name, Function<Visit, TestBrowser.Answer> act) {
    return new Operation(
        name,
        "interaction",
        instance -> {
          var there = new TestBrowser(listing(instance));
          var here = new TestBrowser(listing(local));
          var txn = here.signIn(VISITS, "ana", TestUsers.PASSWORD);
          var csrf = here.open("encounter", txn).inputs("csrf").getFirst();
          there.cookies().putAll(here.cookies());
          return () -> assertGood(act.apply(new Visit(there, txn, csrf)));
        });
  }

  private TestBrowser.Answer chooseVisit(Visit visit) {
    return visit.browser().post("encounter", visit.txn(), visit.csrf(), "encounter", "ana-1");
  }

  private static Wiring listing(LocalWiring instance) {
    RecentEncounters one =
        (_, _) -> List.of(new RecentEncounters.Entry("ana-1", "2025", "", "", ""));
    return instance.wiring().withConsent(new ConsentSettings(RecordCounts.NONE, one, false));
  }

  private static void assertGood(TestBrowser.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(200, 303);
    assertThat(answer.headers().getOrDefault("location", "")).doesNotContain("error");
  }

  private static Runnable authorize(LocalWiring instance, Map<String, String> more) {
    var browser = new TestBrowser(instance.wiring());
    return () ->
        assertThat(
                browser
                    .authorize(
                        TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT, SCOPE, more)
                    .parameter("txn"))
            .isNotNull();
  }

  private Runnable pushed(LocalWiring instance) {
    var reference =
        Call.post("/par")
            .with(Asking.good())
            .to(new ParFunction(local.wiring()))
            .text("request_uri");
    var authorize = new AuthorizeFunction(instance.wiring());
    var call =
        Call.get("/authorize")
            .with("client_id", TestClients.BROWSER.value())
            .with("request_uri", reference);
    return () -> assertThat(call.to(authorize).header("location")).contains("txn=");
  }

  private Runnable opened(LocalWiring instance) {
    var ana = TestUsers.ana().subject();
    var stores = local.wiring().stores();
    var address =
        new AppOpening(stores.launches(), local.wiring().identity(), local.wiring().entropy())
            .open(
                TestClients.browserApp(),
                new Launch(ana, new LaunchContext("ana")),
                local.clock().instant())
            .orElseThrow();
    var launch = Objects.requireNonNull(Asking.query(address).get("launch"));
    return authorize(
        instance, Map.of("launch", launch, "scope", "launch openid patient/Observation.rs"));
  }

  private Visit arrived() {
    var browser = new TestBrowser(local.wiring());
    return new Visit(browser, browser.arrive(SCOPE), "");
  }

  private Visit atSignIn() {
    return withForm("sign-in", arrived());
  }

  private Visit signedIn() {
    var visit = atSignIn();
    signIn(visit);
    return visit;
  }

  private Visit atConsent() {
    return withForm("consent", signedIn());
  }

  private static Visit withForm(String step, Visit visit) {
    var page = visit.browser().open(step, visit.txn());
    return new Visit(visit.browser(), visit.txn(), page.inputs("csrf").getFirst());
  }

  private TestBrowser.Answer signIn(Visit visit) {
    return visit
        .browser()
        .post(
            "sign-in",
            visit.txn(),
            visit.csrf(),
            "username",
            "ana",
            "password",
            TestUsers.PASSWORD);
  }

  private TestBrowser.Answer allow(Visit visit) {
    return visit
        .browser()
        .post(
            "consent",
            visit.txn(),
            visit.csrf(),
            "decision",
            "allow",
            "scope",
            TICKED.get(0),
            "scope",
            TICKED.get(1),
            "scope",
            TICKED.get(2));
  }

  private AppsBrowser atApps(LocalWiring instance) {
    var here = AppsBrowser.ofAna(local);
    var there = new AppsBrowser(instance);
    there.browser().cookies().putAll(here.browser().cookies());
    return there;
  }

  private Runnable appsPage(LocalWiring instance) {
    var browser = atApps(instance);
    return () -> assertGood(browser.open());
  }

  private Runnable takeBack(LocalWiring instance) {
    var key = new AppsBrowser(local).allowed(TestClients.NATIVE, SCOPE).value();
    var browser = atApps(instance);
    var csrf = browser.open().inputs("csrf").getFirst();
    return () -> assertGood(browser.postWith(csrf, "take-back", "key", key));
  }

  private Runnable logout(LocalWiring instance) {
    var visit = signedIn().at(instance);
    visit.browser().sending("sec-fetch-site", "cross-site");
    var hint = idToken();
    var function = new LogoutFunction(instance.wiring());
    return () ->
        assertGood(
            visit.browser().send(function, "GET", "/logout", "id_token_hint=" + hint, "", ""));
  }

  private String idToken() {
    var now = local.clock().seconds();
    var grant =
        new FamilyGrant(
            FamilyId.fresh(Entropy.secure()),
            TestClients.NATIVE,
            TestUsers.ana().subject(),
            "Patient/ana",
            ScopeSet.parse("openid fhirUser"),
            new LaunchContext("ana"),
            now,
            now,
            null);
    return new IdTokens(local.wiring().identity(), local.wiring().signer())
        .issue(grant, Assurance.UNSAID, null, "not-a-secret-token", now);
  }
}
