package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.Interaction;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/// Looks at every resource before it is stored, changed or deleted.
///
/// It must be an entry of the patient's record before and after, so a subject cannot be moved, and
/// nothing moves into or out of what a scope with a filter is about, or what a label keeps for the
/// patient. Its references may not leave that record, or lead to what the token may not see: a
/// reference to someone else's visit would let a chain or the store's own checks say whether that
/// visit exists.
@Interceptor(order = Gates.RECORD)
public final class WriteGuard implements FhirInterceptor {
  private final FhirContext fhir;
  private final PatientRecord record;
  private final RecordIndex index;
  private final ResourceCheck resources;
  private final Refusals refusals;

  WriteGuard(FhirContext fhir, PatientRecord record, RecordIndex index, Refusals refusals) {
    this.fhir = fhir;
    this.record = record;
    this.index = index;
    this.resources = new ResourceCheck(fhir, record);
    this.refusals = refusals;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(@Nullable RequestDetails request, IBaseResource resource) {
    if (request instanceof ServletRequestDetails servlet) {
      var patient = requireEntry(servlet, resource, Interaction.CREATE);
      requireOwnReferences(servlet, resource, Set.of(), patient);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(@Nullable RequestDetails request, IBaseResource before, IBaseResource after) {
    if (request instanceof ServletRequestDetails servlet) {
      var owner = requireEntry(servlet, before, Interaction.UPDATE);
      var patient = requireEntry(servlet, after, Interaction.UPDATE);
      if (!owner.equals(patient)) {
        throw refusals.outsideTheRecord();
      }
      requireOwnReferences(servlet, after, references(before), patient);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleted(@Nullable RequestDetails request, IBaseResource resource) {
    if (request instanceof ServletRequestDetails servlet) {
      requireEntry(servlet, resource, Interaction.DELETE);
    }
  }

  private String requireEntry(
      ServletRequestDetails request, IBaseResource resource, Interaction interaction) {
    var token = token(request);
    var type = fhir.getResourceType(resource);
    if (!token.allows(type, interaction)) {
      throw refusals.insufficientScope(token, type, interaction);
    }
    var owner =
        record
            .owner(resource)
            .filter(token.recordsWith(type, interaction)::contains)
            .orElseThrow(refusals::outsideTheRecord);
    if (!resources.shows(token, resource)) {
      throw refusals.restricted();
    }
    if (!resources.allows(token, resource, interaction)) {
      throw refusals.insufficientScope(token, type, interaction);
    }
    return owner;
  }

  private AccessToken token(ServletRequestDetails request) {
    return AccessToken.of(request.getServletRequest()).orElseThrow(refusals::noToken);
  }

  private void requireOwnReferences(
      ServletRequestDetails request, IBaseResource resource, Set<String> known, String patient) {
    var token = token(request);
    var isForeign =
        references(resource).stream()
            .filter(reference -> !known.contains(reference))
            .anyMatch(reference -> !isOwn(token, reference, patient));
    if (isForeign) {
      throw refusals.outsideTheRecord();
    }
  }

  private Set<String> references(IBaseResource resource) {
    return fhir.newTerser().getAllResourceReferences(resource).stream()
        .map(ResourceReferenceInfo::getResourceReference)
        .map(reference -> reference.getReferenceElement().getValue())
        .filter(value -> value != null && !value.isEmpty() && !value.startsWith("#"))
        .collect(Collectors.toSet());
  }

  private boolean isOwn(AccessToken token, String value, String patient) {
    IIdType reference = fhir.getVersion().newIdType(value);
    var type = reference.getResourceType();
    var id = reference.getIdPart();
    if (type == null || id == null || value.contains("?") || reference.isAbsolute()) {
      return false;
    }
    return switch (record.kind(type)) {
      case PATIENT -> record.names(reference, patient);
      case ENTRY ->
          index
              .find(type, id, Optional.of(Set.of(patient)))
              .filter(entry -> resources.shows(token, entry))
              .isPresent();
      case DIRECTORY -> true;
      case OUTSIDE, TRAIL -> false;
    };
  }
}
