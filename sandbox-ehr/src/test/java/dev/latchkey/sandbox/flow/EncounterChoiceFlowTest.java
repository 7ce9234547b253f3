package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement CON-5: somebody who opens an app without an EHR chooses the visit that it is used
/// for, out of the record.
class EncounterChoiceFlowTest extends SandboxFlow {
  private static final String SCOPE =
      "openid launch/patient launch/encounter offline_access patient/Encounter.rs patient/Goal.rs";
  private static final int MOST_LOOKS = 20;

  private final PatientBrowser browser = new PatientBrowser(sandbox().baseUrl().toString());
  private final SmartApp app = webApp();

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }

  private Arrival submitted(Arrival on, String field, String value) {
    return browser.submit(on, Map.of(field, value), _ -> true, "");
  }

  /// The visits of a patient who is the user's only one, or one of them.
  private Arrival visits(SmartApp.Started started, String username, String patient) {
    var signIn = browser.open(started.uri().toString());
    var typed = Map.of("username", username, "password", "sandbox-" + username);
    var at = browser.submit(signIn, typed, _ -> true, "");
    if (at.isAt("/interaction/patient")) {
      at = submitted(at, "patient", patient);
    }
    // The page waits only so long for the list, and a busy machine takes longer the first time.
    var page = at.uri().toString().replace("/consent?", "/encounter?");
    for (int looks = 1; looks < MOST_LOOKS && !at.isAt("/interaction/encounter"); looks++) {
      at = browser.open(page);
    }
    assertThat(at.isAt("/interaction/encounter")).as(at.body()).isTrue();
    return at;
  }

  private static List<String> choices(Arrival visits) {
    return visits.page().select("label input[type=radio][name=encounter]").eachAttr("value");
  }

  private OIDCTokenResponse allowed(SmartApp.Started started, Arrival consent) {
    assertThat(consent.isAt("/interaction/consent")).as(consent.body()).isTrue();
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow").uri();
    return app.exchanged(started, app.code(started, callback));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openid launch/patient launch/encounter user/Encounter.read offline_access",
        SCOPE
      })
  void con5_theVisitThatIsChosenIsToldAndCanBeRead(String scope) {
    var started = app.start(scope);
    var visits = visits(started, "dolores", "graciela");
    assertThat(choices(visits)).hasSizeBetween(2, 21).endsWith("_none");
    assertThat(visits.page().select("main").text())
        .contains("25 September 2026", "Recent visits of Graciela");
    var newest = choices(visits).getFirst();

    var answer = allowed(started, submitted(visits, "encounter", newest));

    assertThat(newest).isEqualTo("graciela-encounter-014");
    assertThat(answer.getCustomParameters())
        .containsEntry("patient", "graciela")
        .containsEntry("encounter", newest);
    var tokens = answer.getOIDCTokens();
    assertThat(tokens.getAccessToken().getScope().toStringList()).contains("launch/encounter");
    assertThat(read("/Encounter/" + newest, tokens.getAccessToken()).statusCode()).isEqualTo(200);
    assertThat(app.refreshed(tokens.getRefreshToken()).getCustomParameters())
        .containsEntry("encounter", newest);
  }

  @Test
  void con5_noVisitIsAnAnswerToo() {
    var started = app.start(SCOPE);
    var visits = visits(started, "kendal", "kendal");

    var answer = allowed(started, submitted(visits, "encounter", "_none"));

    assertThat(answer.getCustomParameters())
        .containsEntry("patient", "kendal")
        .doesNotContainKey("encounter");
    assertThat(answer.getOIDCTokens().getAccessToken().getScope().toStringList())
        .doesNotContain("launch/encounter");
  }

  @Test
  void aVisitOfAnotherPatientIsRefused() {
    var visits = visits(app.start(SCOPE), "dolores", "graciela");
    var forged =
        new Arrival(
            visits.status(),
            visits.uri(),
            visits.body().replace("graciela-encounter-014", "dolores-encounter-016"));

    var answer = submitted(forged, "encounter", "dolores-encounter-016");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.page().select("[role=alert]").text())
        .isEqualTo("That visit cannot be chosen. Choose one of these.");
  }
}
