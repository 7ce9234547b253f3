package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.query;
import static dev.latchkey.endpoint.EhrOpening.SCOPE;
import static dev.latchkey.endpoint.EhrOpening.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestLaunches;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Requirements LCH-1 to LCH-10: an EHR opens an app, and the app asks for access. What handles are
/// good for is in LaunchHandleTest, and what the scopes mean in LaunchScopesTest.
class EhrLaunchTest {
  private final EhrOpening ehr = new EhrOpening();
  private final LocalWiring local = ehr.local();
  private final TestBrowser browser = ehr.browser();
  private final TokenFunction tokens = ehr.tokens();

  @Test
  void lch1_theBrowserGoesToTheRegisteredAddressWithTheFhirBaseAndAHandle() {
    var address = ehr.opened(TestLaunches.full(), TestUsers.drRoe());

    assertThat(address).startsWith("https://app.example/launch?tenant=a&iss=");
    assertThat(query(address)).containsEntry("iss", LocalWiring.ISSUER + "/fhir");
    assertThat(query(address).get("launch")).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void lch1_anAppWithoutARegisteredAddressIsNotOpened() {
    assertThat(
            ehr.opening()
                .open(
                    TestClients.nativeApp(),
                    new Launch("sub", TestLaunches.full()),
                    local.clock().instant()))
        .isEmpty();
  }

  @Test
  void lch5_theContextStandsBesideTheAccessToken() {
    assertThat(ehr.connected(SCOPE, ehr.handle(TestLaunches.full())).json())
        .containsEntry("patient", "ana")
        .containsEntry("encounter", "enc-1")
        .containsEntry("need_patient_banner", false)
        .containsEntry("smart_style_url", "https://ehr.example/style-1.json")
        .containsKey("fhirContext")
        .hasEntrySatisfying(
            "scope", scope -> assertThat(scope.toString().split(" ")).contains("launch"));
  }

  @Test
  void lch9_intentAndTenantReachTheAppAsTheEhrGaveThem() {
    assertThat(ehr.connected(SCOPE, ehr.handle(TestLaunches.full())).json())
        .containsEntry("intent", "reconcile 𝔘 '\"\\ medications")
        .containsEntry("tenant", "ward-☃");
  }

  @Test
  void lch1_theAppContextOfALaunchTaskReachesTheAppAsItWasWritten() {
    assertThat(ehr.connected(SCOPE, ehr.handle(TestLaunches.full())).json())
        .containsEntry("appContext", "{\"card\": \"\\n☃\", \"x\": 'y'}");
  }

  @Test
  void lch10_refreshAndIntrospectionRepeatTheContextUnderNarrowerScopes() {
    var first = ehr.connected(SCOPE, ehr.handle(TestLaunches.full()));
    var context = TestLaunches.full().members();

    var refreshed =
        new Grants(local)
            .browserRefresh(first.text("refresh_token"))
            .with("scope", "online_access patient/Patient.rs")
            .to(tokens);
    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.json()).containsAllEntriesOf(context);

    var introspected =
        Call.post("/introspect")
            .header("authorization", "Bearer " + refreshed.text("access_token"))
            .with("token", refreshed.text("access_token"))
            .to(new IntrospectFunction(local.wiring()));
    assertThat(introspected.json()).containsEntry("active", true).containsAllEntriesOf(context);
  }

  @Test
  void lch3_withoutTheScopeTheHandleSaysNothingAndStaysUnused() {
    var handle = ehr.handle(TestLaunches.full());
    var txn = ehr.signedIn("openid patient/Observation.rs", handle);

    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
    assertThat(browser.open("patient", txn).inputs("patient")).containsExactly("ana", "mia");
    assertThat(ehr.authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void lch3_withoutAHandleTheScopeIsLeftOut() {
    var answer = ehr.authorize(SCOPE, Map.of());
    var txn = Objects.requireNonNull(answer.parameter("txn"));
    browser.submit("sign-in", txn, "username", "roe", "password", TestUsers.PASSWORD);

    assertThat(browser.open("patient", txn).inputs("patient")).containsExactly("ana", "mia");
    browser.submit("patient", txn, "patient", "mia");
    assertThat(browser.open("consent", txn).body()).doesNotContain("what was open");
    assertRefused(ehr.authorize("launch", Map.of()), "invalid_scope");
  }

  @Test
  void lch4_aLaunchWithoutAPatientEndsInAChoiceWhenDataIsAskedFor() {
    var txn = ehr.signedIn(SCOPE, ehr.handle(LaunchContext.none()));

    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
    browser.submit("patient", txn, "patient", "mia");
    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    assertThat(code).isNotNull();
  }

  @Test
  void lch4_thePatientOfTheEhrCannotBeChanged() {
    var txn = ehr.signedIn(SCOPE, ehr.handle(TestLaunches.of("ana")));

    assertThat(browser.open("patient", txn).path()).isEqualTo("/interaction/consent");
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();
    assertThat(browser.post("patient", txn, csrf, "patient", "mia").path())
        .isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body())
        .contains("<bdi>Ana Silva</bdi>")
        .doesNotContain("choose someone else");
  }

  @Test
  void lch4_aPatientWhoIsNotTheUsersIsRefusedAtTheDecision() {
    var txn = ehr.signedIn(SCOPE, ehr.handle(TestLaunches.of("ben")));

    var answer = browser.allow(txn, List.of("patient/Observation.rs"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
  }
}
