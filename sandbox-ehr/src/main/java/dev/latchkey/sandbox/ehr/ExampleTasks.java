package dev.latchkey.sandbox.ehr;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.sandbox.contents.SandboxFiles;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Task;
import org.springframework.context.SmartLifecycle;

/// Puts the example launch tasks into the FHIR store where they are missing, after the patients and
/// before the first request. A task that is there keeps its state; only the addresses of apps
/// follow the sandbox when it moves to another one.
final class ExampleTasks implements SmartLifecycle {
  private final FhirContext fhir;
  private final LaunchTasks tasks;
  private final SandboxFiles files;
  private volatile boolean running;

  ExampleTasks(FhirContext fhir, LaunchTasks tasks, SandboxFiles files) {
    this.fhir = fhir;
    this.tasks = tasks;
    this.files = files;
  }

  @Override
  public void start() {
    var examples = fhir.newJsonParser().parseResource(Bundle.class, files.launchTasks());
    examples.getEntry().forEach(entry -> put((Task) entry.getResource()));
    running = true;
  }

  private void put(Task example) {
    var stored = tasks.read(example.getIdElement().getIdPart());
    if (stored.isEmpty()) {
      tasks.replace(example);
    } else if (!stored.get().getInputFirstRep().equalsDeep(example.getInputFirstRep())) {
      tasks.replace(stored.get().setInput(example.getInput()));
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Right after the patients.
  @Override
  public int getPhase() {
    return 1;
  }
}
