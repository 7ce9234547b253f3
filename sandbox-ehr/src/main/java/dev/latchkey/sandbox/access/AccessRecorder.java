package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.audit.Access;
import dev.latchkey.sandbox.audit.AccessLog;
import dev.latchkey.sandbox.fhir.Exports;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.RecordType;
import dev.latchkey.scope.ServiceType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/// Takes down every request whose token was accepted, whatever became of it, once for each patient
/// whose record it was about (IHE Basic Audit Log Patterns). Each entry of a batch is a request.
///
/// Requests without an accepted token are for [RefusedTokens].
@Interceptor(order = Gates.RECORDER)
public final class AccessRecorder implements FhirInterceptor {
  private static final String OWNERS = AccessRecorder.class.getName();

  /// Parameters of any search, beside those of the type. Other names are the caller's words, which
  /// may say anything.
  private static final Set<String> CROSSING =
      Set.of("_has", "_include", "_revinclude", "_sort", "_type", "_since", "_until", "_getpages");

  private static final Set<String> OPERATIONS =
      Set.of("$everything", Exports.START, Exports.STATUS);

  private final FhirContext fhir;
  private final PatientRecord record;
  private final AccessLog log;
  private final InstantSource clock;

  AccessRecorder(FhirContext fhir, PatientRecord record, AccessLog log, InstantSource clock) {
    this.fhir = fhir;
    this.record = record;
    this.log = log;
    this.clock = clock;
  }

  /// Sees whose resources leave to somebody who is not held to one record.
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void see(RequestDetails request, ResponseDetails response) {
    var shown = response.getResponseResource();
    if (shown != null
        && request instanceof ServletRequestDetails servlet
        && AccessToken.of(servlet.getServletRequest())
            .filter(token -> onlyRecord(token).isEmpty())
            .isPresent()) {
      var owners = new TreeSet<String>();
      resources(shown).forEach(resource -> record.owner(resource).ifPresent(owners::add));
      request.getUserData().put(OWNERS, owners);
    }
  }

  private static Stream<? extends IBaseResource> resources(IBaseResource shown) {
    return shown instanceof Bundle bundle
        ? bundle.getEntry().stream()
            .filter(BundleEntryComponent::hasResource)
            .map(BundleEntryComponent::getResource)
        : Stream.of(shown);
  }

  @Hook(Pointcut.SERVER_PROCESSING_COMPLETED)
  public void takeDown(ServletRequestDetails request) {
    var status = request.getServletResponse().getStatus();
    var isBatchOfAccesses =
        request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION && status < 400;
    if (!isBatchOfAccesses) {
      AccessToken.of(request.getServletRequest())
          .ifPresent(token -> takeDown(request, token, status));
    }
  }

  private void takeDown(ServletRequestDetails request, AccessToken token, int status) {
    for (var patient : patients(request, token, status)) {
      log.add(
          new Access(
              UUID.randomUUID().toString(),
              clock.instant(),
              patient,
              token.client(),
              token.fhirUser(),
              interaction(request.getRestOperationType()),
              type(request),
              status < 400 ? target(request) : null,
              names(request),
              status));
    }
  }

  private static Set<String> patients(
      ServletRequestDetails request, AccessToken token, int status) {
    var only = onlyRecord(token);
    if (only.isPresent()) {
      return Set.of(only.get());
    }
    return status < 400
            && request.getUserData().get(OWNERS) instanceof Set<?> owners
            && !owners.isEmpty()
        ? Set.copyOf(owners.stream().map(String::valueOf).toList())
        : Set.of(token.patient() == null ? "" : token.patient());
  }

  /// The patient of a token that reaches one record.
  private static Optional<String> onlyRecord(AccessToken token) {
    var records = token.records();
    return records.size() == 1 ? records.stream().findFirst() : Optional.empty();
  }

  private static @Nullable String interaction(@Nullable RestOperationTypeEnum operation) {
    return switch (operation) {
      case READ -> "read";
      case VREAD -> "vread";
      case SEARCH_TYPE, GET_PAGE -> "search-type";
      case HISTORY_INSTANCE -> "history-instance";
      case CREATE -> "create";
      case UPDATE -> "update";
      case PATCH -> "patch";
      case DELETE -> "delete";
      case TRANSACTION -> "batch";
      case EXTENDED_OPERATION_INSTANCE, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_SERVER ->
          "operation";
      case null, default -> null;
    };
  }

  private static @Nullable String type(ServletRequestDetails request) {
    var type = request.getResourceName();
    return type != null
            && (RecordType.isServed(type)
                || ServiceType.isServed(type)
                || type.equals(Exports.FILES))
        ? type
        : null;
  }

  /// What was read or changed. The id of a refused request may be that of somebody else's entry.
  private static @Nullable String target(ServletRequestDetails request) {
    var created = request.getServletResponse().getHeader("Location");
    var id = created == null ? request.getId() : new IdType(created);
    return id == null || !id.hasIdPart() || type(request) == null
        ? null
        : type(request) + "/" + id.getIdPart();
  }

  private List<String> names(ServletRequestDetails request) {
    var operation = request.getOperation();
    if (operation != null && OPERATIONS.contains(operation)) {
      return List.of(operation);
    }
    return request.getParameters().keySet().stream()
        .map(name -> name.split("[:.]", 2)[0])
        .filter(
            name ->
                SearchCheck.ORDINARY.contains(name)
                    || CROSSING.contains(name)
                    || isOfType(name, type(request)))
        .distinct()
        .sorted()
        .toList();
  }

  private boolean isOfType(String name, @Nullable String type) {
    return type != null && fhir.getResourceDefinition(type).getSearchParam(name) != null;
  }
}
