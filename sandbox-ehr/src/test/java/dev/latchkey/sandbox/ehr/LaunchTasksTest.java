package dev.latchkey.sandbox.ehr;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.contract.Race;
import dev.latchkey.sandbox.RunningSandbox;
import java.time.Instant;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.UrlType;
import org.junit.jupiter.api.Test;

/// What the EHR writes in launch tasks.
class LaunchTasksTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private final RunningSandbox sandbox = RunningSandbox.jdbc();
  private final LaunchTasks tasks = sandbox.bean(LaunchTasks.class);

  private String create(TaskStatus status) {
    var task = new Task().setStatus(status).setIntent(Task.TaskIntent.PROPOSAL);
    return sandbox
        .bean(DaoRegistry.class)
        .getResourceDao(Task.class)
        .create(task, new SystemRequestDetails())
        .getId()
        .getIdPart();
  }

  private Task read(String id) {
    return tasks.read(id).orElseThrow();
  }

  @Test
  void manyWhoBeginATaskAtOnceWriteItOnce() throws Exception {
    var id = create(TaskStatus.REQUESTED);

    var began = Race.of(i -> tasks.begin(id, NOW));

    assertThat(began).containsOnly(true);
    assertThat(read(id).getStatus()).isEqualTo(TaskStatus.INPROGRESS);
    assertThat(read(id).getLastModified()).isEqualTo(NOW);
    assertThat(read(id).getIdElement().getVersionIdPart()).isEqualTo("2");
  }

  @Test
  void whatIsOverIsNotBegun() {
    var id = create(TaskStatus.COMPLETED);

    assertThat(tasks.begin(id, NOW)).isFalse();
    assertThat(tasks.begin("never-written", NOW)).isFalse();
    assertThat(read(id).getStatus()).isEqualTo(TaskStatus.COMPLETED);
  }

  @Test
  void anOldVersionReplacesNothing() {
    var id = create(TaskStatus.REQUESTED);
    var seen = read(id);
    tasks.begin(id, NOW);

    assertThat(tasks.replace(seen.setStatus(TaskStatus.CANCELLED))).isFalse();
    assertThat(read(id).getStatus()).isEqualTo(TaskStatus.INPROGRESS);
  }

  @Test
  void theExamplesFollowTheSandboxToAnotherAddressAndKeepTheirState() {
    var examples = sandbox.bean(ExampleTasks.class);
    tasks.begin("launch-kendal", NOW);
    var moved = read("launch-kendal");
    moved.getInputFirstRep().setValue(new UrlType("http://localhost:1/demo/launch"));
    tasks.replace(moved);

    examples.start();
    var task = read("launch-kendal");
    examples.start();

    assertThat(task.getStatus()).isEqualTo(TaskStatus.INPROGRESS);
    assertThat(task.getInputFirstRep().getValue().primitiveValue())
        .isEqualTo(sandbox.baseUrl() + "/demo/launch");
    assertThat(read("launch-kendal").getIdElement()).isEqualTo(task.getIdElement());
  }
}
