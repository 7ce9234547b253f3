package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.Json;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requirements LCH-1 to LCH-10 through the sandbox's record system, as a practitioner or a patient
/// walks through it, and an app with them.
class EhrLaunchFlowTest extends EhrFlow {
  private final HttpClient http = HttpClient.newHttpClient();

  /// Where the record system sends the browser.
  private URI opened(Arrival desk, Map<String, String> typed) {
    var opening = browser.fillIn(desk, "/ehr/open", typed, _ -> false);
    assertThat(opening.status()).as(opening.body()).isEqualTo(200);
    return URI.create(opening.page().select("a.open").attr("href"));
  }

  private URI opened(Map<String, String> more) {
    var typed = new LinkedHashMap<>(Map.of("client_id", "demo-web"));
    typed.putAll(more);
    return opened(record("dolores"), typed);
  }

  private HttpResponse<String> get(URI url) throws Exception {
    var request = HttpRequest.newBuilder(url).header("Origin", "https://app.example").build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Test
  void lch1_thePractitionerChoosesAPatientAndAnAppOpensAtItsRegisteredAddress() {
    var desk = signedIn(PRACTITIONER);
    assertThat(desk.page().select("main li a").eachAttr("href"))
        .contains("/ehr?patient=dolores", "/ehr?patient=alonso")
        .doesNotContain("/ehr?patient=kendal");

    var opened = opened(Map.of());

    assertThat(opened.toString()).startsWith("http://localhost:9000/launch?iss=");
    assertThat(opened.getQuery()).startsWith("iss=" + sandbox().fhirBase() + "&launch=");
  }

  @ParameterizedTest
  @CsvSource({
    "demo-native, '', '', registered no address",
    "nobody, '', '', No app is registered",
    "demo-web, kendal-encounter-001, '', no encounter of the patient",
    "demo-web, '', Patient/kendal, no patient and no encounter"
  })
  void lch1_nothingElseIsOpened(String app, String encounter, String reference, String problem) {
    var desk = record("dolores");
    var form = new LinkedHashMap<>(Map.of("client_id", app, "reference", reference));
    if (!encounter.isEmpty()) {
      form.put("tenant", "");
      desk = withEncounter(desk, encounter);
    }

    var answer = browser.fillIn(desk, "/ehr/open", form);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.page().text()).contains(problem);
  }

  /// The same page as somebody would send it who changed the form.
  private static Arrival withEncounter(Arrival desk, String encounter) {
    return new Arrival(
        desk.status(),
        desk.uri(),
        desk.body()
            .replace(
                "<input type=\"radio\" name=\"encounter\" value=\"\" checked>",
                "<input type=\"hidden\" name=\"encounter\" value=\"" + encounter + "\">"));
  }

  @Test
  void lch1_aPatientOfSomebodyElseCannotBeOpened() {
    var desk = record("dolores");
    var changed =
        new Arrival(
            desk.status(),
            desk.uri(),
            desk.body()
                .replace(
                    "name=\"patient\" value=\"dolores\"", "name=\"patient\" value=\"kendal\""));

    var answer = browser.fillIn(changed, "/ehr/open", Map.of("client_id", "demo-web"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.page().text()).contains("not one of yours");
  }

  @Test
  void lch5_theAppGetsWhatIsOpenAndCanReadIt() throws Exception {
    var encounter = record("dolores").page().select("input[name=encounter]").get(1).val();
    var app = webApp();

    var tokens =
        connected(
            app,
            launch(
                opened(
                    Map.of(
                        "encounter", encounter,
                        "intent", "reconcile-medications",
                        "tenant", "ward-7",
                        "reference", "ImagingStudy/is-1"))));

    var introspected = app.introspect(tokens.getAccessToken());
    assertThat(introspected.getStringParameter("patient")).isEqualTo("dolores");
    assertThat(introspected.getStringParameter("encounter")).isEqualTo(encounter);
    assertThat(introspected.getStringParameter("intent")).isEqualTo("reconcile-medications");
    assertThat(introspected.getStringParameter("tenant")).isEqualTo("ward-7");
    assertThat(read("/Patient/dolores", tokens.getAccessToken()).statusCode()).isEqualTo(200);
    assertThat(read("/Encounter/" + encounter, tokens.getAccessToken()).statusCode())
        .isEqualTo(200);
    assertThat(tokens.getIDToken().getJWTClaimsSet().getStringClaim("fhirUser"))
        .isEqualTo(sandbox().fhirBase() + "/Practitioner/francisco-gusikowski");
  }

  @Test
  void sco9_userScopesReachThePractitionersPatientsBesideThePatientInContext() {
    var encounter = record("dolores").page().select("input[name=encounter]").get(1).val();
    var app = webApp();
    var scope =
        "launch openid fhirUser offline_access user/Patient.rs user/Encounter.read patient/Goal.rs";

    var tokens = connected(app, scope, launch(opened(Map.of("encounter", encounter))));

    var token = app.refreshed(tokens.getRefreshToken()).getTokens().getAccessToken();
    assertThat(token.getScope().toString().split(" "))
        .contains("user/Patient.rs", "user/Encounter.read");
    for (var path : List.of("/Patient/dolores", "/Patient/shella", "/Encounter/" + encounter)) {
      assertThat(read(path, token).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(read("/Patient/kendal", token).statusCode()).isEqualTo(404);
    assertThat(read("/Patient?_summary=count", token).body()).contains("\"total\":3");
    assertThat(read("/Goal?patient=dolores", token).statusCode()).isEqualTo(200);
    assertThat(read("/Goal?patient=shella", token).statusCode()).isEqualTo(403);
    assertThat(app.introspect(token).getStringParameter("fhirUser"))
        .isEqualTo(sandbox().fhirBase() + "/Practitioner/francisco-gusikowski");
  }

  @Test
  void sco9_aTokenWithUserScopesNeedsNoPatientInContext() {
    var app = webApp();
    var started = app.start("openid user/*.rs");

    var callback = authorize(started, "gusikowski", "", _ -> true, "allow");
    var answer = app.exchanged(started, app.code(started, callback));

    assertThat(answer.getCustomParameters()).doesNotContainKey("patient");
    var token = answer.getTokens().getAccessToken();
    assertThat(token.getValue().length()).isLessThan(4096);
    assertThat(read("/Patient/alonso", token).statusCode()).isEqualTo(200);
    assertThat(read("/Condition?patient=kendal", token).statusCode()).isEqualTo(403);
    assertThat(read("/Practitioner/francisco-gusikowski", token).statusCode()).isEqualTo(200);
  }

  @Test
  void lch6_theStyleIsReadableWithoutATokenByAnyPageAndForGood() throws Exception {
    var app = webApp();
    var tokens = connected(app, launch(opened(Map.of())));
    var context = app.introspect(tokens.getAccessToken());

    assertThat(context.toJSONObject()).containsEntry("need_patient_banner", false);
    var style = get(URI.create(context.getStringParameter("smart_style_url")));
    assertThat(style.statusCode()).isEqualTo(200);
    assertThat(style.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(style.headers().firstValue("cache-control").orElse("")).contains("immutable");
    assertThat(Json.readObject(style.body())).containsKey("color_background");
    var other = URI.create(context.getStringParameter("smart_style_url") + "x");
    assertThat(get(other).statusCode()).isEqualTo(404);
  }

  @Test
  void lch2_anotherUserCannotGoOnWithTheHandle() {
    var started = webApp().start(SCOPE);
    var launch = launch(opened(Map.of()));
    var stranger = new PatientBrowser(sandbox().baseUrl().toString());

    var signIn = stranger.open(started.uri() + "&launch=" + launch);
    var refused =
        stranger.submit(
            signIn, Map.of("username", "kendal", "password", "sandbox-kendal"), _ -> true, "");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.page().text()).contains("Somebody else opened this app");
  }

  @Test
  void lch2_aHandleWorksOnce() {
    var launch = launch(opened(Map.of()));
    connected(webApp(), launch);

    var again = browser.open(webApp().start(SCOPE).uri() + "&launch=" + launch).uri();

    assertThat(again.getQuery()).contains("error=invalid_request").doesNotContain("code=");
  }

  @Test
  void lch4_anAppOpenedWithoutARecordAsksForThePatient() {
    var opened = opened(signedIn(PRACTITIONER), Map.of("client_id", "demo-web"));
    var app = webApp();
    var started = app.start(SCOPE);

    var choice = browser.open(started.uri() + "&launch=" + launch(opened));
    assertThat(choice.isAt("/interaction/patient")).as(choice.body()).isTrue();
    var consent = browser.submit(choice, Map.of("patient", "shella"), _ -> true, "");
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow").uri();
    var answer = app.exchanged(started, app.code(started, callback));

    assertThat(answer.getCustomParameters())
        .containsEntry("patient", "shella")
        .containsEntry("need_patient_banner", false);
  }

  @Test
  void lch10_refreshRepeatsTheContext() {
    var app = webApp();
    var tokens = connected(app, launch(opened(Map.of("tenant", "ward-7"))));

    var refreshed = app.refreshed(tokens.getRefreshToken());

    assertThat(refreshed.getCustomParameters())
        .containsEntry("patient", "dolores")
        .containsEntry("tenant", "ward-7")
        .containsKey("smart_style_url");
  }

  @Test
  void aPatientOpensAnAppFromThePatientPortal() {
    var portal = signedIn("kendal");
    assertThat(portal.page().text()).contains("Patient portal", "Patient/kendal");

    var opened = opened(portal, Map.of("client_id", "demo-browser"));
    var consent = browser.open(opened.toString());
    assertThat(consent.isAt("/interaction/consent")).as(consent.body()).isTrue();
    var result = browser.submit(consent, Map.of(), _ -> true, "allow");
    result = browser.open(result.uri().toString());

    assertThat(result.isAt("/demo/result")).as(result.body()).isTrue();
    assertThat(result.page().text()).contains("Patient/kendal", "need_patient_banner");
  }

  @Test
  void theDemoAppBelievesNoOtherServer() {
    var refused =
        browser.open(sandbox().baseUrl() + "/demo/launch?iss=https%3A%2F%2Fevil.example&launch=x");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(List.of(refused.page().select("h1").text()))
        .containsExactly("The demo app was opened in a way that it does not know");
  }

  @Test
  void aFormFromElsewhereOpensNothing() {
    var desk = record("dolores");
    var forged =
        new Arrival(
            desk.status(), desk.uri(), desk.body().replaceAll("name=\"csrf\" value=\"", "$0x"));

    var answer = browser.fillIn(forged, "/ehr/open", Map.of("client_id", "demo-web"));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void aWrongPasswordIsToldAndSignOutLeadsBackToTheForm() {
    var form = browser.open(sandbox().baseUrl() + "/ehr");
    var wrong =
        browser.fillIn(form, "/ehr/sign-in", Map.of("username", "kendal", "password", "wrong"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.page().text()).contains("not right");

    var out = browser.press(signedIn("kendal"), "/ehr/sign-out");
    assertThat(out.page().select("h1").text()).isEqualTo("Sign in to the record system");
  }
}
