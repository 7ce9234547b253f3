package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The patient's list of apps, through the front door: what is taken back there is dead at the FHIR
/// API and at the token endpoint at once. Each case has a person of its own.
abstract class AppsFlowSuite extends SandboxFlow {
  private static final String ONLINE = "openid launch/patient online_access patient/Patient.rs";

  @Test
  void rev3_oneKeyIsTakenBackAndTheOtherAppGoesOn() {
    var phone = connect(nativeApp(), "reid");
    var web = connect(webApp(), "reid");
    var browser = browser();
    var list = signIn(browser, "reid");
    assertThat(list.page().select("h2 bdi").eachText())
        .containsExactly("Demo phone app", "Demo web app");
    assertWorks(phone, "reid");

    var after = browser.pressButton(list, "Take back the key of Demo phone app");

    assertThat(after.isAt("/apps")).as(after.body()).isTrue();
    assertThat(after.page().select("[role=status]").text())
        .isEqualTo("Demo phone app can no longer use the key that you took back.");
    assertThat(after.page().select("h2 bdi").eachText()).containsExactly("Demo web app");
    assertDead(nativeApp(), phone, "reid");
    assertWorks(web, "reid");
    assertThat(webApp().refresh(web.getRefreshToken()).indicatesSuccess()).isTrue();
  }

  @Test
  void allKeysOfAnAppAreTakenBackTogether() {
    var one = connect(nativeApp(), "rhea");
    var two = connect(nativeApp(), "rhea");
    var web = connect(webApp(), "rhea");
    var browser = browser();

    browser.pressButton(signIn(browser, "rhea"), "Take back every key of Demo phone app");

    assertDead(nativeApp(), one, "rhea");
    assertDead(nativeApp(), two, "rhea");
    assertWorks(web, "rhea");
  }

  @Test
  void everythingIsTakenBackAndEveryBrowserIsSignedOut() throws InterruptedException {
    var phone = connect(nativeApp(), "hee");
    var web = connect(webApp(), "hee");
    var browser = browser();
    var other = browser();
    signIn(other, "hee");

    var end =
        browser.pressButton(
            signIn(browser, "hee"), "Take back every key of every app and sign out");

    assertThat(end.page().select("h1").text()).isEqualTo("Every key is taken back");
    assertDead(nativeApp(), phone, "hee");
    assertDead(webApp(), web, "hee");
    assertThat(apps(browser).page().select("h1").text()).isEqualTo("Sign in to see your apps");
    assertThat(apps(other).page().select("h1").text()).isEqualTo("Sign in to see your apps");

    nextSecond();
    assertWorks(connect(nativeApp(), "hee"), "hee");
  }

  @Test
  void signOutEndsOnlineAccessAndLeavesOfflineAccess() {
    var browser = browser();
    signIn(browser, "allie");
    var online = allow(browser, nativeApp(), ONLINE);
    var offline = allow(browser, webApp(), EVERYTHING);
    assertWorks(online, "allie");

    var end = browser.press(apps(browser), "/apps/sign-out");

    assertThat(end.page().select("h1").text()).isEqualTo("You are signed out");
    assertDead(nativeApp(), online, "allie");
    assertWorks(offline, "allie");
    assertThat(webApp().refresh(offline.getRefreshToken()).indicatesSuccess()).isTrue();
  }

  @Test
  void ref8_logoutByAnAppEndsOnlineAccessAndLeavesOfflineAccess() {
    var browser = browser();
    signIn(browser, "allie");
    var online = allow(browser, nativeApp(), ONLINE);
    var offline = allow(browser, webApp(), EVERYTHING);
    assertWorks(online, "allie");

    var end =
        browser.open(
            sandbox().baseUrl()
                + "/logout?ui_locales=es&id_token_hint="
                + online.getIDTokenString());

    assertThat(end.page().select("h1").text()).isEqualTo("Ha cerrado la sesión");
    assertDead(nativeApp(), online, "allie");
    assertWorks(offline, "allie");
    assertThat(webApp().refresh(offline.getRefreshToken()).indicatesSuccess()).isTrue();
    assertThat(apps(browser).page().select("h1").text()).isEqualTo("Sign in to see your apps");
  }

  @Test
  void aNewPasswordEndsEverythingOfTheOldOne() throws InterruptedException {
    var phone = connect(nativeApp(), "gilbert");
    var browser = browser();
    signIn(browser, "gilbert");
    var form = browser.open(sandbox().baseUrl() + "/apps/password");
    var typed =
        Map.of(
            "current", "sandbox-gilbert",
            "password", "four quite ordinary words",
            "repeated", "four quite ordinary words");

    var end = browser.fillIn(form, "/apps/password", typed);

    assertThat(end.page().select("h1").text()).as(end.body()).isEqualTo("Your password is changed");
    assertDead(nativeApp(), phone, "gilbert");
    nextSecond();
    assertThat(signIn(browser, "gilbert", "sandbox-gilbert").page().text())
        .contains("This user name or password is not right.");
    assertThat(signIn(browser, "gilbert", "four quite ordinary words").page().text())
        .contains("No app holds a key to your records.");
  }

  private PatientBrowser browser() {
    return new PatientBrowser(sandbox().baseUrl().toString());
  }

  private Arrival apps(PatientBrowser browser) {
    return browser.open(sandbox().baseUrl() + "/apps");
  }

  private Arrival signIn(PatientBrowser browser, String username) {
    var list = signIn(browser, username, "sandbox-" + username);
    assertThat(list.isAt("/apps")).as(list.body()).isTrue();
    return list;
  }

  private Arrival signIn(PatientBrowser browser, String username, String password) {
    return browser.fillIn(
        apps(browser), "/apps/sign-in", Map.of("username", username, "password", password));
  }

  /// Allows everything in a browser that is signed in already.
  private OIDCTokens allow(PatientBrowser browser, SmartApp app, String scope) {
    var started = app.start(scope);
    var consent = browser.open(started.uri().toString());
    assertThat(consent.isAt("/interaction/consent")).as(consent.body()).isTrue();
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow").uri();
    return app.exchanged(started, app.code(started, callback)).getOIDCTokens();
  }

  private void assertWorks(OIDCTokens tokens, String patient) {
    assertThat(read("/Patient/" + patient, tokens.getAccessToken()).statusCode()).isEqualTo(200);
  }

  private void assertDead(SmartApp app, OIDCTokens tokens, String patient) {
    assertThat(read("/Patient/" + patient, tokens.getAccessToken()).statusCode()).isEqualTo(401);
    assertRefused(app.refresh(tokens.getRefreshToken()), "invalid_grant");
  }

  /// What began in the second in which everything was taken back is taken back too.
  void nextSecond() throws InterruptedException {
    Thread.sleep(1_100);
  }
}
