package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.IdentityLevel;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requirement LCH-1 for launch tasks (SMART 2.2, profiles task-ehr-launch and
/// task-standalone-launch): somebody asks a user of the EHR to open an app.
class LaunchTaskFlowTest extends LaunchTaskFlow {
  @Test
  void lch1_thePractitionerOpensAnAppFromATask() {
    var task = ehrLaunch("Patient/dolores", DOCTOR);
    task.setEncounter(new Reference("Encounter/dolores-encounter-016"));
    var id = put(input(task, CONTEXT_CODE, new StringType(APP_CONTEXT)));
    var desk = signedIn(PRACTITIONER);
    assertThat(shown(desk))
        .contains("App for tasks", DESCRIPTION, "Dolores502", "New prescription", "by Dr. Roe");

    var opened = opened(press(desk, id));
    assertThat(opened.toString()).startsWith(ADDRESS + "&iss=");
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.INPROGRESS);
    var app = taskApp();
    var answer = answer(app, SCOPE, launch(opened));

    var tokens = answer.getOIDCTokens();
    assertThat(answer.getCustomParameters())
        .containsEntry("patient", "dolores")
        .containsEntry("encounter", "dolores-encounter-016")
        .containsEntry("appContext", APP_CONTEXT)
        .containsKey("smart_style_url");
    assertThat(app.introspect(tokens.getAccessToken()).toJSONObject())
        .containsEntry("appContext", APP_CONTEXT);
    assertThat(app.refreshed(tokens.getRefreshToken()).getCustomParameters())
        .containsEntry("appContext", APP_CONTEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "kendal, Patient/kendal, ''",
    "kendal, Patient/kendal, Patient/kendal",
    "dolores, Patient/graciela, Patient/graciela",
    "dolores, Patient/graciela, Patient/dolores"
  })
  void lch1_thePatientOpensAnAppFromATask(String username, String about, String owner) {
    var id = put(ehrLaunch(about, owner));

    var opened = opened(press(signedIn(username), id));

    var answer = answer(taskApp(), SCOPE, launch(opened));
    assertThat(answer.getCustomParameters())
        .containsEntry("patient", about.substring("Patient/".length()))
        .doesNotContainKeys("appContext", "encounter");
  }

  @Test
  void lch1_aTaskWithoutOwnerIsForWhoeverMayOpenTheRecord() {
    var id = put(ehrLaunch("Patient/dolores", ""));

    assertThat(offered(record("dolores"))).contains(id);
    assertThat(offered(record("shella"))).doesNotContain(id);
  }

  @Test
  void lch1_whoRegistersAnAppAloneTakesNoTasksFromAnotherOne() {
    register("task-app-2", "Look-alike", ADDRESS, IdentityLevel.UNVERIFIED);
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));

    var opened = opened(press(signedIn(PRACTITIONER), id));

    assertThat(connected(taskApp(), launch(opened)).getAccessToken()).isNotNull();
  }

  @Test
  void lch1_openingATaskAgainOpensTheAppAgain() {
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));
    var desk = signedIn(PRACTITIONER);

    var first = opened(press(desk, id));
    var second = opened(press(desk, id));

    assertThat(launch(first)).isNotEqualTo(launch(second));
    assertThat(stored(id).getIdElement().getVersionIdPart()).isEqualTo("2");
    assertThat(offered(signedIn(PRACTITIONER))).contains(id);
    for (var opened : List.of(second, first)) {
      assertThat(connected(taskApp(), launch(opened)).getAccessToken()).isNotNull();
    }
  }

  @Test
  void lch1_aStandaloneTaskOpensTheAddressAndTellsNothing() {
    var task = task("launch-app-standalone", "Patient/kendal", "Patient/kendal");
    var id = put(input(task, CONTEXT_CODE, new StringType(APP_CONTEXT)));

    var opened = opened(press(signedIn("kendal"), id));

    assertThat(opened.toString()).isEqualTo(ADDRESS);
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.INPROGRESS);
  }

  @Test
  void lch1_whoOpensAnAppGivesItATextOfAtMostTwoKilobytes() {
    var typed = Map.of("client_id", "task-app", "app_context", APP_CONTEXT);
    var opening = browser.fillIn(record("dolores"), "/ehr/open", typed, _ -> false);
    assertThat(answer(taskApp(), SCOPE, launch(opened(opening))).getCustomParameters())
        .containsEntry("appContext", APP_CONTEXT);

    var longer = Map.of("client_id", "task-app", "app_context", "é".repeat(1025));
    assertThat(browser.fillIn(record("dolores"), "/ehr/open", longer).page().text())
        .contains("longer than 2048 bytes");
  }

  @Test
  void everySandboxComesWithATaskOfEachKind() {
    var forDolores = press(signedIn(PRACTITIONER), "launch-dolores");
    var consent = browser.open(opened(forDolores).toString());
    assertThat(consent.isAt("/interaction/consent")).as(consent.body()).isTrue();
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow").uri();
    assertThat(browser.open(callback.toString()).page().text())
        .contains("Patient/dolores", "appContext", "annual-examination");

    var patients = new PatientBrowser(sandbox().baseUrl().toString());
    var portal =
        patients.fillIn(
            patients.open(sandbox().baseUrl() + "/ehr"),
            "/ehr/sign-in",
            Map.of("username", "kendal", "password", "sandbox-kendal"));
    assertThat(offered(portal)).contains("launch-kendal");
    var opening = patients.press(portal, "/ehr/open-task");
    assertThat(patients.open(opened(opening).toString()).isAt("/interaction/consent")).isTrue();
  }
}
