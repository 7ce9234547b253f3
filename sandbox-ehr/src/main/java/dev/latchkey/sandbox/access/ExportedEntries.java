package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Keeps out of the files of every export what is labelled as restricted. Only backend services
/// export, and they act for no patient personally. Exports are jobs of HAPI's own: they run outside
/// of any request, where the interceptors of requests are not asked.
@Interceptor(order = Gates.RECORD)
public final class ExportedEntries {
  private final ResourceCheck resources;

  ExportedEntries(ResourceCheck resources) {
    this.resources = resources;
  }

  /// Asked for each resource before it is written to a file.
  @Hook(Pointcut.STORAGE_BULK_EXPORT_RESOURCE_INCLUSION)
  public boolean isIncluded(IBaseResource resource) {
    return !resources.isRestricted(resource);
  }
}
