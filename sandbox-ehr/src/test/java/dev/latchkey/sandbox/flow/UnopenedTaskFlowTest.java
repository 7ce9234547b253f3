package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
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

/// Requirement LCH-1: launch tasks that open no app, and why.
class UnopenedTaskFlowTest extends LaunchTaskFlow {
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

  private void assertNotOpened(Arrival desk, String id, String why) {
    assertThat(shown(desk)).contains("An app that can’t be opened", why);
    assertThat(offered(desk)).doesNotContain(id);
    var answer = sendAnyway(desk, id);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.page().select("[role=alert]").text()).contains(why);
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.REQUESTED);
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
  void lch1_aFormFromElsewhereBeginsNoTask() {
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));
    var desk = signedIn(PRACTITIONER);
    var forged =
        new Arrival(
            desk.status(), desk.uri(), desk.body().replaceAll("name=\"csrf\" value=\"", "$0x"));

    assertThat(press(forged, id).status()).isEqualTo(403);
    assertThat(stored(id).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }
}
