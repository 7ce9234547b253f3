package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.net.URI;
import java.util.Map;

/// What practitioners and patients do in the sandbox's record system, with one browser, and the
/// apps that they open there.
abstract class EhrFlow extends SandboxFlow {
  static final String PRACTITIONER = "gusikowski";
  static final String SCOPE =
      "launch openid fhirUser offline_access patient/Patient.rs patient/Encounter.rs";

  final PatientBrowser browser = new PatientBrowser(sandbox().baseUrl().toString());

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }

  Arrival signedIn(String username) {
    var at = browser.open(sandbox().baseUrl() + "/ehr");
    if (at.page().select("form[action=/ehr/sign-in]").isEmpty()) {
      return at;
    }
    return browser.fillIn(
        at, "/ehr/sign-in", Map.of("username", username, "password", "sandbox-" + username));
  }

  Arrival record(String patient) {
    signedIn(PRACTITIONER);
    return browser.open(sandbox().baseUrl() + "/ehr?patient=" + patient);
  }

  static String launch(URI opened) {
    return opened.getQuery().replaceFirst(".*&launch=", "");
  }

  /// What the app gets when the same browser goes on.
  OIDCTokens connected(SmartApp app, String launch) {
    return connected(app, SCOPE, launch);
  }

  OIDCTokens connected(SmartApp app, String scope, String launch) {
    return answer(app, scope, launch).getOIDCTokens();
  }

  OIDCTokenResponse answer(SmartApp app, String scope, String launch) {
    var started = app.start(scope);
    var consent = browser.open(started.uri() + "&launch=" + launch);
    assertThat(consent.isAt("/interaction/consent")).as(consent.body()).isTrue();
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow").uri();
    return app.exchanged(started, app.code(started, callback));
  }
}
