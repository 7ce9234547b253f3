package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.api.IJobPersistence;
import ca.uhn.fhir.batch2.model.StatusEnum;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.Batch2JobDefinitionConstants;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves export jobs on from step to step every second while there are any.
///
/// HAPI looks after its jobs once a minute, so that an export of a few hundred resources takes
/// minutes (measured with 8.8.0: 227 s instead of 6 s).
@Interceptor
final class JobPace implements FhirInterceptor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobPace.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final String RETRY_AFTER_SECONDS = "2";

  /// A job is stored a moment after it was announced.
  private static final int IDLE_TICKS = 5;

  private final IJobMaintenanceService maintenance;
  private final IJobPersistence jobs;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private volatile boolean isClosed;

  JobPace(IJobMaintenanceService maintenance, IJobPersistence jobs) {
    this.maintenance = maintenance;
    this.jobs = jobs;
  }

  /// Begins when a job is about to start.
  @Hook(Pointcut.STORAGE_INITIATE_BULK_EXPORT)
  public void begin() {
    if (isRunning.compareAndSet(false, true)) {
      Thread.ofVirtual().name("export-jobs").start(this::run);
    }
  }

  /// HAPI asks clients to come back after two minutes.
  @Hook(Pointcut.SERVER_PROCESSING_COMPLETED_NORMALLY)
  public void answerSooner(ServletRequestDetails request) {
    var response = request.getServletResponse();
    if (!response.isCommitted() && response.containsHeader("Retry-After")) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
  }

  /// Before the store is closed.
  @Override
  public void close() {
    isClosed = true;
  }

  private void run() {
    try {
      for (int idle = 0; idle < IDLE_TICKS && !isClosed; idle = isBusy() ? 0 : idle + 1) {
        Thread.sleep(TICK);
        if (!isClosed) {
          maintenance.runMaintenancePass();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("Export jobs go on at HAPI's own pace", e);
    } finally {
      isRunning.set(false);
    }
  }

  private boolean isBusy() {
    return !isClosed
        && !jobs.fetchInstancesByJobDefinitionIdAndStatus(
                Batch2JobDefinitionConstants.BULK_EXPORT, StatusEnum.getNotEndedStatuses(), 1, 0)
            .isEmpty();
  }
}
