package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UrlType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Launch tasks in the FHIR store of the sandbox, an app that they open, and what people press on
/// them.
abstract class LaunchTaskFlow extends EhrFlow {
  static final String CODES = "http://hl7.org/fhir/smart-app-launch/CodeSystem/smart-codes";
  static final String ADDRESS_CODE = "smartonfhir-application";
  static final String CONTEXT_CODE = "smartonfhir-appcontext";
  static final String ADDRESS = "https://tasks.example/launch?ward=7";
  static final String DOCTOR = "Practitioner/francisco-gusikowski";
  static final String DESCRIPTION = "Compare what she takes with <b>the list</b>.";
  static final String APP_CONTEXT = "{\"list\": \"Dolores\", \"é\": [1]}";

  final List<IdType> written = new ArrayList<>();
  final List<ClientId> registered = new ArrayList<>();

  @BeforeEach
  void registerAnAppThatTasksOpen() {
    register("task-app", "App for tasks", ADDRESS, IdentityLevel.VERIFIED);
  }

  @AfterEach
  void forget() {
    written.forEach(id -> tasks().delete(id, new SystemRequestDetails()));
    registered.forEach(clients()::remove);
  }

  ClientRegistry clients() {
    return sandbox().bean(Wiring.class).stores().clients();
  }

  /// Another registration of the demo web app.
  void register(String id, String name, String address, IdentityLevel level) {
    var web = clients().find(new ClientId("demo-web")).orElseThrow();
    var profile = web.profile();
    clients()
        .put(
            new Client(
                new ClientId(id),
                new ClientProfile(
                    name,
                    profile.description(),
                    null,
                    null,
                    null,
                    List.of(),
                    address,
                    List.of(),
                    null,
                    null),
                web.applicationType(),
                web.credentials(),
                web.redirectUris(),
                web.grantTypes(),
                web.scopes(),
                web.rules(),
                web.registration().at(level)));
    registered.add(new ClientId(id));
  }

  SmartApp taskApp() {
    return app("task-app", Optional.of(SECRET), "http://localhost:9000/callback");
  }

  IFhirResourceDao<Task> tasks() {
    return sandbox().bean(DaoRegistry.class).getResourceDao(Task.class);
  }

  static Task task(String code, String about, String owner) {
    var task = new Task();
    task.setStatus(TaskStatus.REQUESTED)
        .setIntent(Task.TaskIntent.PROPOSAL)
        .setCode(smart(code))
        .setDescription(DESCRIPTION)
        .setRequester(new Reference().setDisplay("Dr. Roe"))
        .setFor(about.isEmpty() ? null : new Reference(about))
        .setOwner(owner.isEmpty() ? null : new Reference(owner));
    task.getReasonCode().setText("New prescription");
    return input(task, ADDRESS_CODE, new UrlType(ADDRESS));
  }

  static Task ehrLaunch(String about, String owner) {
    return task("launch-app-ehr", about, owner);
  }

  static Task input(Task task, String code, Type value) {
    task.addInput().setType(smart(code)).setValue(value);
    return task;
  }

  static CodeableConcept smart(String code) {
    return new CodeableConcept(new Coding(CODES, code, null));
  }

  String put(Task task) {
    var id = tasks().create(task, new SystemRequestDetails()).getId().toUnqualifiedVersionless();
    written.add((IdType) id);
    return id.getIdPart();
  }

  Task stored(String id) {
    return tasks().read(new IdType("Task", id), new SystemRequestDetails());
  }

  static String shown(Arrival desk) {
    return desk.page().select(".asked").text();
  }

  static List<String> offered(Arrival desk) {
    return desk.page().select("form[action=/ehr/open-task] input[name=task]").eachAttr("value");
  }

  /// Presses the button of this task.
  Arrival press(Arrival desk, String id) {
    var only = desk.page();
    only.select("form[action=/ehr/open-task]:not(:has(input[value=" + id + "]))").remove();
    return browser.press(new Arrival(desk.status(), desk.uri(), only.html()), "/ehr/open-task");
  }

  static URI opened(Arrival opening) {
    assertThat(opening.status()).as(opening.body()).isEqualTo(200);
    return URI.create(opening.page().select("a.open").attr("href"));
  }

  /// The form as somebody would send it who changed it.
  Arrival sendAnyway(Arrival desk, String id) {
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

  /// The page says why, and pressing the button all the same changes nothing.
  void forgetTasks() {
    written.forEach(id -> tasks().delete(id, new SystemRequestDetails()));
    written.clear();
  }
}
