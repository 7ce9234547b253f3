package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.Interaction;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;

/// Looks at every resource when it is read from the store and once more when the answer leaves:
/// what is outside the patient's record, of a type that was not granted, or kept back by the filter
/// of a scope, goes no further. A backend service is held to no record.
///
/// Work that no request asked for (loading data, HAPI's own jobs) has no servlet request and
/// passes.
@Interceptor(order = Gates.RECORD)
public final class RecordGuard implements FhirInterceptor {
  private final FhirContext fhir;
  private final PatientRecord record;
  private final ResourceCheck resources;
  private final ExportOwners exports;
  private final Refusals refusals;

  RecordGuard(FhirContext fhir, PatientRecord record, ExportOwners exports, Refusals refusals) {
    this.fhir = fhir;
    this.record = record;
    this.resources = new ResourceCheck(fhir, record);
    this.exports = exports;
    this.refusals = refusals;
  }

  /// Drops what is beyond the token's reach before it is counted. HAPI loads what a search found
  /// for this look alone, and then once more for the answer.
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  public void drop(@Nullable RequestDetails request, IPreResourceAccessDetails found) {
    if (!(request instanceof ServletRequestDetails) || findsNothingElse(request)) {
      return;
    }
    var reach = reach(request);
    for (int i = 0; i < found.size(); i++) {
      if (!reach.shows(found.getResource(i))) {
        found.setDontReturnResourceAtIndex(i);
      }
    }
  }

  /// Whether a search finds what it may show and nothing else, as [NarrowedSearches] sees to. What
  /// it includes is not counted.
  ///
  /// Only plain searches are taken at their word: HAPI 8.8.0 joins `_id:not=a` and `_id=b` by "or".
  private boolean findsNothingElse(RequestDetails request) {
    var type = request.getResourceName();
    var asked = request.getParameters();
    return request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE
        && record.hasOneOwner(type)
        && asked.getOrDefault(record.ownerParameter(type), new String[0]).length <= 1
        && asked.entrySet().stream().allMatch(RecordGuard::isPlain);
  }

  private static boolean isPlain(Map.Entry<String, String[]> term) {
    var name = term.getKey();
    return !(name.contains(":") || name.contains(".")) || Labels.isExclusion(name, term.getValue());
  }

  /// Takes what a search, an include or an operation found beyond the token's reach out of the
  /// answer.
  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  public void hide(@Nullable RequestDetails request, IPreResourceShowDetails found) {
    if (!(request instanceof ServletRequestDetails)) {
      return;
    }
    var reach = reach(request);
    if (!reach.isSearch()) {
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      var resource = found.getResource(i);
      if (resource != null && !reach.shows(resource)) {
        found.setResource(i, null);
      }
    }
  }

  /// The last look. By now nothing should be left to take out.
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void leave(RequestDetails request, ResponseDetails response) {
    var resource = response.getResponseResource();
    if (resource == null || request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
      return;
    }
    var reach = reach(request);
    switch (resource) {
      case OperationOutcome outcome -> {}
      case Bundle bundle -> filter(bundle, reach, request.getRestOperationType());
      default -> {
        if (reach.shows(resource)) {
          reach.withholdEntries(resource);
        } else {
          withhold(response, reach);
        }
      }
    }
  }

  /// Writing does not include reading: the app is told that it worked, and no more.
  private void withhold(ResponseDetails response, Reach reach) {
    if (!reach.isWrite()) {
      throw refusals.notReachable();
    }
    response.setResponseResource(null);
  }

  private void filter(Bundle bundle, Reach reach, RestOperationTypeEnum operation) {
    bundle
        .getEntry()
        .removeIf(entry -> entry.hasResource() && !reach.showsEntry(entry.getResource()));
    bundle.getEntry().forEach(entry -> reach.withholdEntries(entry.getResource()));
    // They count versions that were another patient's, and what an operation found beyond the
    // scopes.
    if (operation == RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE
        || operation == RestOperationTypeEnum.HISTORY_INSTANCE) {
      bundle.setTotalElement(null);
    }
  }

  private Reach reach(RequestDetails request) {
    var token =
        request instanceof ServletRequestDetails servlet
            ? AccessToken.of(servlet.getServletRequest())
            : Optional.<AccessToken>empty();
    return new Reach(token.orElseThrow(refusals::noToken), request.getRestOperationType());
  }

  /// What one request may show.
  private final class Reach {
    private final AccessToken token;
    private final @Nullable RestOperationTypeEnum operation;

    private Reach(AccessToken token, @Nullable RestOperationTypeEnum operation) {
      this.token = token;
      this.operation = operation;
    }

    private boolean isWrite() {
      return operation == RestOperationTypeEnum.CREATE
          || operation == RestOperationTypeEnum.UPDATE
          || operation == RestOperationTypeEnum.PATCH
          || operation == RestOperationTypeEnum.DELETE;
    }

    private boolean showsEntry(IBaseResource resource) {
      return resource instanceof OperationOutcome || shows(resource);
    }

    private boolean shows(IBaseResource resource) {
      var type = fhir.getResourceType(resource);
      var id = resource.getIdElement().getIdPart();
      if (resource instanceof Binary file) {
        return token.isOfService() && exports.ownsFile(token.client(), file);
      }
      if (operation == RestOperationTypeEnum.READ && id != null && token.isOwnUser(type, id)) {
        return true;
      }
      return isGranted(resource);
    }

    /// An access to a restricted entry names it.
    private void withholdEntries(@Nullable IBaseResource resource) {
      if (resource instanceof AuditEvent event
          && record.owner(event).filter(token::isOfPatient).isEmpty()) {
        event.getEntity().stream()
            .map(AuditEventEntityComponent::getWhat)
            .filter(what -> record.isEntry(what.getReferenceElement().getResourceType()))
            .forEach(what -> what.setReference(null));
      }
    }

    private boolean isGranted(IBaseResource resource) {
      return resources.allows(token, resource, Interaction.READ)
          || (isSearch() && resources.allows(token, resource, Interaction.SEARCH));
    }

    private boolean isSearch() {
      return operation == RestOperationTypeEnum.SEARCH_TYPE
          || operation == RestOperationTypeEnum.GET_PAGE
          || operation == RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE;
    }
  }
}
