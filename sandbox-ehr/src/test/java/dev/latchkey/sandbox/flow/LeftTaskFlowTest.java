package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requirement LCH-1 for launch tasks: somebody who works here leaves one, and whoever it is for
/// says that it is done.
class LeftTaskFlowTest extends LaunchTaskFlow {
  private Arrival end(Arrival desk, String id, String decision) {
    var only = desk.page();
    only.select("form[action=/ehr/end-task]:not(:has(input[value=" + id + "]))").remove();
    only.select("form:not([action=/ehr/end-task])").remove();
    return browser.submit(
        new Arrival(desk.status(), URI.create(sandbox().baseUrl() + "/ehr/end-task"), only.html()),
        Map.of(),
        _ -> true,
        decision);
  }

  @ParameterizedTest
  @CsvSource({"completed, COMPLETED", "rejected, REJECTED"})
  void lch1_aUserEndsATask(String decision, TaskStatus status) {
    var id = put(ehrLaunch("Patient/dolores", DOCTOR));

    var desk = end(record("dolores"), id, decision);

    assertThat(desk.uri().getQuery()).isEqualTo("patient=dolores");
    assertThat(offered(desk)).doesNotContain(id);
    assertThat(stored(id).getStatus()).isEqualTo(status);
  }

  @Test
  void lch1_nobodyEndsTheTasksOfOthers() {
    var own = put(ehrLaunch("Patient/dolores", DOCTOR));
    var other = put(ehrLaunch("Patient/kendal", "Patient/kendal"));
    var desk = signedIn(PRACTITIONER);
    var changed =
        new Arrival(desk.status(), desk.uri(), desk.body().replace(own + "\"", other + "\""));

    assertThat(end(changed, other, "rejected").status()).isEqualTo(404);
    assertThat(stored(other).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }

  /// Presses the button that leaves a task.
  private Arrival leave(Arrival desk, Map<String, String> typed, Predicate<String> ticked) {
    var page = desk.page();
    var button = page.selectFirst("button[formaction=/ehr/ask]");
    assertThat(button).as(desk.body()).isNotNull();
    page.select("form[action=/ehr/open]").attr("action", "/ehr/ask");
    return browser.fillIn(
        new Arrival(desk.status(), desk.uri(), page.html()), "/ehr/ask", typed, ticked);
  }

  private Task left() {
    var query = SearchParameterMap.newSynchronous();
    query.add("requester", new ReferenceParam(DOCTOR));
    query.add("status", new TokenParam("requested"));
    var found = tasks().searchForResources(query, new SystemRequestDetails());
    assertThat(found).hasSize(1);
    written.add(found.getFirst().getIdElement().toUnqualifiedVersionless());
    return found.getFirst();
  }

  @Test
  void lch1_whoWorksHereLeavesATaskForThePatient() {
    var encounter = record("dolores").page().select("input[name=encounter]").get(1).val();
    var left =
        leave(
            record("dolores"),
            Map.of(
                "client_id", "task-app",
                "encounter", encounter,
                "owner", "patient",
                "description", "Fill in the form.",
                "app_context", APP_CONTEXT),
            _ -> false);
    assertThat(left.page().select("[role=status]").text()).isEqualTo("The task is left.");

    var task = left();
    assertThat(task.getMeta().getProfile().getFirst().getValue())
        .isEqualTo("http://hl7.org/fhir/smart-app-launch/StructureDefinition/task-ehr-launch");
    var patients = new PatientBrowser(sandbox().baseUrl().toString());
    var portal =
        patients.fillIn(
            patients.open(sandbox().baseUrl() + "/ehr"),
            "/ehr/sign-in",
            Map.of("username", "dolores", "password", "sandbox-dolores"));
    assertThat(shown(portal)).contains("App for tasks", "Fill in the form.", "Gusikowski");
    var id = task.getIdElement().getIdPart();
    assertThat(offered(portal)).containsExactly(id);
    var opened = opened(patients.press(portal, "/ehr/open-task"));
    assertThat(opened.toString()).startsWith(ADDRESS + "&iss=");
  }

  @Test
  void lch1_whoWorksHereLeavesAStandaloneTaskForThemselves() {
    leave(signedIn(PRACTITIONER), Map.of("client_id", "task-app"), _ -> true);

    var task = left();

    assertThat(task.getOwner().getReference()).isEqualTo(DOCTOR);
    assertThat(task.hasFor()).isFalse();
    var opened = opened(press(signedIn(PRACTITIONER), task.getIdElement().getIdPart()));
    assertThat(opened.toString()).isEqualTo(ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "demo-web, me, names only the address",
    "task-app, patient, no patient to leave the task for",
    "nobody, me, No app is registered"
  })
  void lch1_aTaskThatNobodyCouldOpenIsNotLeft(String app, String owner, String why) {
    var desk = signedIn(PRACTITIONER);
    var changed =
        desk.body()
            .replace("name=\"owner\" value=\"me\"", "name=\"owner\" value=\"" + owner + "\"");

    var answer =
        leave(
            new Arrival(desk.status(), desk.uri(), changed),
            Map.of("client_id", app, "owner", owner),
            _ -> false);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.page().select("[role=alert]").text()).contains(why);
  }

  @Test
  void lch1_aPatientLeavesNoTasks() {
    var portal = signedIn("kendal");
    assertThat(portal.page().select("button[formaction]")).isEmpty();
    var changed = portal.body().replace("action=\"/ehr/open\"", "action=\"/ehr/ask\"");

    var answer =
        browser.fillIn(
            new Arrival(portal.status(), portal.uri(), changed),
            "/ehr/ask",
            Map.of("client_id", "task-app"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.page().text()).contains("Only somebody who works here");
  }
}
