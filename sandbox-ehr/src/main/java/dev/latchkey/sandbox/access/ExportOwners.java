package dev.latchkey.sandbox.access;

import ca.uhn.fhir.batch2.api.IJobCoordinator;
import ca.uhn.fhir.batch2.api.IJobPersistence;
import ca.uhn.fhir.batch2.model.JobInstance;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.model.BulkExportJobResults;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.Batch2JobDefinitionConstants;
import ca.uhn.fhir.util.JsonUtil;
import dev.latchkey.sandbox.fhir.Exports;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;

/// Knows which client started an export. HAPI writes the name into the job and, as the security
/// context (FHIR R4, `Binary.securityContext`), into every file of it.
@Interceptor(order = Gates.SCOPES)
public final class ExportOwners implements FhirInterceptor {
  /// Names the kind of identifier; no address.
  private static final String CLIENT_ID = "urn:ietf:params:oauth:client_id";

  private final IJobCoordinator jobs;
  private final IJobPersistence store;
  private final DaoRegistry daos;

  ExportOwners(IJobCoordinator jobs, IJobPersistence store, DaoRegistry daos) {
    this.jobs = jobs;
    this.store = store;
    this.daos = daos;
  }

  /// Marks a job before it starts.
  @Hook(Pointcut.STORAGE_PRE_INITIATE_BULK_EXPORT)
  public void mark(BulkExportJobParameters job, ServletRequestDetails request) {
    var client = AccessToken.of(request.getServletRequest()).orElseThrow().client();
    job.setBinarySecurityContextIdentifierSystem(CLIENT_ID);
    job.setBinarySecurityContextIdentifierValue(client);
  }

  boolean ownsJob(String client, String job) {
    try {
      var instance = jobs.getInstance(job);
      return instance.getJobDefinitionId().equals(Batch2JobDefinitionConstants.BULK_EXPORT)
          && client.equals(
              instance
                  .getParameters(BulkExportJobParameters.class)
                  .getBinarySecurityContextIdentifierValue());
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  /// Stops a job and removes all that it wrote.
  void delete(String job) {
    var instance = jobs.getInstance(job);
    if (instance.getStatus().isEnded()) {
      files(instance).forEach(this::deleteFile);
      store.deleteInstanceAndChunks(job);
    } else {
      jobs.cancelInstance(job);
    }
  }

  /// The report is a JSON text once the job has written files.
  private static Stream<String> files(JobInstance done) {
    var report = done.getReport();
    return report == null || report.isEmpty()
        ? Stream.empty()
        : JsonUtil.deserialize(report, BulkExportJobResults.class)
            .getResourceTypeToBinaryIds()
            .values()
            .stream()
            .flatMap(List::stream);
  }

  private void deleteFile(String id) {
    daos.getResourceDao(Binary.class)
        .delete(new IdType(id).withResourceType(Exports.FILES), new SystemRequestDetails());
  }

  boolean ownsFile(String client, Binary file) {
    var owner = file.getSecurityContext().getIdentifier();
    return CLIENT_ID.equals(owner.getSystem()) && client.equals(owner.getValue());
  }
}
