package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.context.SmartLifecycle;

/// Loads the synthetic patients into the FHIR store when they are not there yet.
///
/// Runs after the beans are wired and before the web server accepts its first request, so that
/// nobody sees a half loaded store. A bundle is one transaction and updates by id, so one that was
/// committed but not yet recorded when the process died is simply loaded again.
final class SyntheticPatients implements SmartLifecycle {

  private static final int AT_ONCE = 2;

  private final FhirContext fhir;
  private final IFhirSystemDao<Bundle, Meta> system;
  private final LoadRecord record;
  private volatile boolean running;

  SyntheticPatients(FhirContext fhir, IFhirSystemDao<Bundle, Meta> system, LoadRecord record) {
    this.fhir = fhir;
    this.system = system;
    this.record = record;
  }

  @Override
  public void start() {
    record.schemaIsCurrent();
    try {
      loadMissing(SyntheticBundle.all());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    running = true;
  }

  private void loadMissing(List<SyntheticBundle> all) throws IOException {
    load(all.getFirst());
    var patients = all.subList(1, all.size() - 1);
    var missing = patients.stream().filter(patient -> !isLoaded(patient)).toList();
    var loaded = new AtomicInteger(patients.size() - missing.size());
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> loads = new ArrayList<>();
      for (SyntheticBundle patient : missing) {
        loads.add(
            workers.submit(
                () -> {
                  load(patient);
                  progress(loaded.incrementAndGet(), patients.size());
                  return null;
                }));
      }
      await(loads);
    }
    load(all.getLast());
  }

  private static void await(List<Future<?>> loads) {
    try {
      for (Future<?> load : loads) {
        load.get();
      }
    } catch (ExecutionException failure) {
      loads.forEach(load -> load.cancel(false));
      throw new IllegalStateException("The synthetic patients cannot be loaded.", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The loading of synthetic patients was cut off.", stopped);
    }
  }

  private static void progress(int loaded, int total) {
    System.out.printf("Loading synthetic patients %d/%d ...%n", loaded, total);
  }

  private boolean isLoaded(SyntheticBundle bundle) {
    return record.isFinished(bundle.step());
  }

  private void load(SyntheticBundle bundle) throws IOException {
    if (isLoaded(bundle)) {
      return;
    }
    try (var json = bundle.open()) {
      var transaction = fhir.newJsonParser().parseResource(Bundle.class, json);
      system.transaction(new SystemRequestDetails(), transaction);
    }
    record.finish(bundle.step());
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Before the web server, which starts near the end of the order.
  @Override
  public int getPhase() {
    return 0;
  }
}
