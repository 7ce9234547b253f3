package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.fhir.Exports;
import dev.latchkey.sandbox.fhir.FhirInterceptor;

/// Deletes an export with its files (FHIR Bulk Data Access 2.0, bulk data delete request). HAPI
/// stops a job that runs, and knows nothing about one that is done.
@Interceptor(order = Gates.SCOPES + 1)
public final class ExportDeletion implements FhirInterceptor {
  private final ExportOwners exports;

  ExportDeletion(ExportOwners exports) {
    this.exports = exports;
  }

  /// Runs once the scope check has found the job to be the client's. Returns false when the request
  /// was answered here.
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
  public boolean delete(ServletRequestDetails request) {
    if (request.getRequestType() != RequestTypeEnum.DELETE
        || !Exports.STATUS.equals(request.getOperation())) {
      return true;
    }
    for (var job : request.getParameters().getOrDefault(ExportCheck.JOB, new String[0])) {
      exports.delete(job);
    }
    request.getServletResponse().setStatus(202);
    return false;
  }
}
