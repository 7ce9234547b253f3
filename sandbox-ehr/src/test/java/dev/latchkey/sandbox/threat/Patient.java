package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.flow.PatientBrowser;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import dev.latchkey.sandbox.flow.SmartApp;
import dev.latchkey.sandbox.flow.SmartApp.Started;
import java.net.URI;
import java.util.Map;

/// A patient who allows whatever an app asks for, in one browser that stays signed in for as long
/// as the server lets it.
final class Patient {
  static final String USERNAME = "kendal";
  static final String OFFLINE = "openid fhirUser launch/patient offline_access patient/Patient.rs";
  static final String ONLINE = OFFLINE.replace("offline_access", "online_access");

  private final PatientBrowser browser;

  Patient(URI origin) {
    browser = new PatientBrowser(origin.toString());
  }

  OIDCTokens connect(SmartApp app) {
    return connect(app, OFFLINE);
  }

  OIDCTokens connect(SmartApp app, String scope) {
    var started = app.start(scope);
    return app.exchanged(started, code(app, started)).getOIDCTokens();
  }

  AuthorizationCode code(SmartApp app, Started started) {
    var arrival = browser.open(started.uri().toString());
    return app.code(
        started, allow(arrival.isAt("/interaction/sign-in") ? signIn(arrival) : arrival).uri());
  }

  Arrival open(Started started) {
    return browser.open(started.uri().toString());
  }

  Arrival signIn(Arrival page) {
    return signIn(page, "sandbox-" + USERNAME);
  }

  Arrival signIn(Arrival page, String password) {
    assertThat(page.page().select("form[action=/interaction/sign-in]")).as(page.body()).hasSize(1);
    return browser.submit(page, Map.of("username", USERNAME, "password", password), _ -> true, "");
  }

  Arrival allow(Arrival page) {
    assertThat(page.isAt("/interaction/consent")).as(page.body()).isTrue();
    return browser.submit(page, Map.of(), _ -> true, "allow");
  }
}
