package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.UrlType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement LCH-1 for launch tasks (SMART 2.2, profiles task-ehr-launch and
/// task-standalone-launch): somebody asks a user of the EHR to open an app.
class LaunchTaskFlowTest extends LaunchTaskFlow {
  /// The form as somebody would send it who changed it.
  private Arrival sendAnyway(Arrival desk, String id) {
    return press(
        new Arrival(
            desk.status(),
            desk.uri(),
            "<form method=post action=/ehr/open-task><input name=csrf value=\""
                + desk.page().select("input[name=csrf]").val()
                + "\"><input name=task value=\""
                + id
                + "\"></form>"),
        id);
  }

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

  @ParameterizedTest
  @CsvSource({
    "kendal, Patient/kendal, Practitioner/francisco-gusikowski",
    "kendal, Patient/mia, ''",
    "kendal, Patient/mia, Patient/mia",
    "kendal, '', ''",
    "gusikowski, Patient/dolores, Patient/dolores",
    "gusikowski, Patient/dolores, Practitioner/daniel-wolff",
    "gusikowski, Patient/kendal, ''",
    "gusikowski, '', ''"
  })
  void lch1_nobodySeesOrOpensTheTasksOfOthers(String username, String about, String owner) {
    var id = put(ehrLaunch(about, owner));
    var desk = signedIn(username);

    assertThat(desk.body()).doesNotContain(id + "\"", DESCRIPTION.substring(0, 10));
    var answer = sendAnyway(desk, id);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.page().text()).contains("nothing to do for you under this task");
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }

  @Test
  void lch1_aTaskWithoutOwnerIsForWhoeverMayOpenTheRecord() {
    var id = put(ehrLaunch("Patient/dolores", ""));

    assertThat(offered(record("dolores"))).contains(id);
    assertThat(offered(record("shella"))).doesNotContain(id);
  }

  @Test
  void lch1_aTaskAboutAForeignPatientIsNeitherToldNorOpened() {
    var id = put(ehrLaunch("Patient/kendal", DOCTOR));

    var desk = signedIn(PRACTITIONER);

    assertThat(shown(desk))
        .contains("whose record you may not open")
        .doesNotContain("Kendal", "New prescription", DESCRIPTION);
    assertNotOpened(desk, id, "whose record you may not open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://tasks.example/launch",
        "https://tasks.example/launch?ward=7&x=1",
        "https://TASKS.example/launch?ward=7",
        "https://evil.example/launch",
        "javascript:alert(1)"
      })
  void lch1_onlyARegisteredAddressIsOpened(String address) {
    var task = ehrLaunch("Patient/dolores", DOCTOR);
    task.getInputFirstRep().setValue(new UrlType(address));
    var id = put(task);

    assertNotOpened(signedIn(PRACTITIONER), id, "No app is registered to be opened at " + address);
  }

  @Test
  void lch1_anAddressOfSeveralAppsIsNotOpened() {
    register("task-app-2", "Another app for tasks", ADDRESS, IdentityLevel.VERIFIED);
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));

    assertNotOpened(signedIn(PRACTITIONER), id, "Several apps are registered");
  }

  @Test
  void lch1_whoRegistersAnAppAloneTakesNoTasksFromAnotherOne() {
    register("task-app-2", "Look-alike", ADDRESS, IdentityLevel.UNVERIFIED);
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));

    var opened = opened(press(signedIn(PRACTITIONER), id));

    assertThat(connected(taskApp(), launch(opened)).getAccessToken()).isNotNull();
  }

  @Test
  void lch1_anAppThatWasSwitchedOffIsNotOpened() {
    var app = clients().find(new ClientId("task-app")).orElseThrow();
    clients().put(app.with(app.registration().disabled(true)));
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));

    assertNotOpened(signedIn(PRACTITIONER), id, "No app is registered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Encounter/kendal-encounter-016", "Observation/x", "Encounter/"})
  void lch1_anEncounterOfSomebodyElseIsNotOpened(String encounter) {
    var task = ehrLaunch("Patient/dolores", DOCTOR);
    var id = put(task.setEncounter(foreign(encounter)));

    assertNotOpened(signedIn(PRACTITIONER), id, "encounter is none of this patient");
  }

  /// HAPI keeps a reference to what is not there only without an id.
  private static Reference foreign(String reference) {
    return reference.startsWith("Encounter/k")
        ? new Reference(reference)
        : new Reference().setDisplay(reference);
  }

  static Stream<Named<Task>> unclear() {
    var text = ehrLaunch("", DOCTOR);
    text.getInputFirstRep().setValue(new StringType(ADDRESS));
    return Stream.of(
        Named.of("two addresses", input(ehrLaunch("", DOCTOR), ADDRESS_CODE, new UrlType("b:c"))),
        Named.of("no address", ehrLaunch("", DOCTOR).setInput(null)),
        Named.of("an address that is a text", text),
        Named.of(
            "a number for the app", input(ehrLaunch("", DOCTOR), CONTEXT_CODE, new IntegerType(1))),
        Named.of(
            "two texts for the app",
            input(
                input(ehrLaunch("", DOCTOR), CONTEXT_CODE, new StringType("a")),
                CONTEXT_CODE,
                new StringType("b"))));
  }

  @ParameterizedTest
  @MethodSource("unclear")
  void lch1_whatIsSaidTwiceOrInTheWrongTypeIsNotOpened(Task task) {
    var id = put(task);

    assertNotOpened(signedIn(PRACTITIONER), id, "does not say clearly which app");
  }

  private void forgetTasks() {
    written.forEach(id -> tasks().delete(id, new SystemRequestDetails()));
    written.clear();
  }

  @Test
  void lch1_anAppContextOfMoreThanTwoKilobytesIsNotOpened() {
    var longest = ehrLaunch("Patient/dolores", DOCTOR);
    var id = put(input(longest, CONTEXT_CODE, new StringType("é".repeat(1024))));
    assertThat(opened(press(signedIn(PRACTITIONER), id)).toString()).startsWith(ADDRESS);
    forgetTasks();

    var longer = ehrLaunch("Patient/dolores", DOCTOR);
    id = put(input(longer, CONTEXT_CODE, new StringType("é".repeat(1024) + "a")));

    assertNotOpened(signedIn(PRACTITIONER), id, "is too long");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DRAFT", "ONHOLD", "REJECTED", "CANCELLED", "FAILED", "COMPLETED", "ENTEREDINERROR"})
  void lch1_aTaskThatIsOverOrWaitsIsNotOffered(TaskStatus status) {
    var id = put(ehrLaunch("Patient/dolores", DOCTOR).setStatus(status));
    var desk = signedIn(PRACTITIONER);

    assertThat(offered(desk)).doesNotContain(id);
    assertThat(sendAnyway(desk, id).status()).isEqualTo(404);
    assertThat(stored(id).getStatus()).isEqualTo(status);
  }

  @Test
  void lch1_aTaskOfAnotherKindIsNotOffered() {
    var id = put(task("launch-app-other", "Patient/dolores", DOCTOR));

    assertThat(offered(signedIn(PRACTITIONER))).doesNotContain(id);
  }

  @Test
  void lch1_aTaskThatEndedWhileThePageWasOpenIsNotOpened() {
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));
    var desk = signedIn(PRACTITIONER);
    tasks().update(stored(id).setStatus(TaskStatus.CANCELLED), new SystemRequestDetails());

    assertThat(press(desk, id).status()).isEqualTo(404);
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.CANCELLED);
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
  void lch1_aFormFromElsewhereBeginsNoTask() {
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));
    var desk = signedIn(PRACTITIONER);
    var forged =
        new Arrival(
            desk.status(), desk.uri(), desk.body().replaceAll("name=\"csrf\" value=\"", "$0x"));

    assertThat(press(forged, id).status()).isEqualTo(403);
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.REQUESTED);
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

  private void assertNotOpened(Arrival desk, String id, String why) {
    assertThat(shown(desk)).contains("An app that can’t be opened", why);
    assertThat(offered(desk)).doesNotContain(id);
    var answer = sendAnyway(desk, id);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.page().select("[role=alert]").text()).contains(why);
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }
}
