package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission.Filtered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets no search of patients' entries into the store that is not bound to the token's patient and
/// to the filter of its scopes, however the search came about; a backend service has no patient to
/// be bound to. Totals and page sizes are counted there, before any resource is looked at.
@Interceptor(order = Gates.RECORD)
public final class NarrowedSearches implements FhirInterceptor {
  private final PatientRecord record;
  private final Refusals refusals;

  NarrowedSearches(PatientRecord record, Refusals refusals) {
    this.record = record;
    this.refusals = refusals;
  }

  /// Searches that no request asked for have no servlet request, and pass.
  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void check(
      @Nullable RequestDetails request, ICachedSearchDetails search, SearchParameterMap query) {
    if (request instanceof ServletRequestDetails servlet) {
      var token = AccessToken.of(servlet.getServletRequest()).orElseThrow(refusals::noToken);
      var type = search.getResourceType();
      var isInRecord = token.isOfService() || isBound(type, query, token.patient());
      if (!isInRecord || !isWithinFilter(token, type, query)) {
        throw refusals.notOffered("This search");
      }
    }
  }

  private static boolean isWithinFilter(AccessToken token, String type, SearchParameterMap query) {
    return !(token.permission(type, Interaction.SEARCH) instanceof Filtered(var filter))
        || filter.covers(SearchTerms.of(type, query));
  }

  private boolean isBound(String type, SearchParameterMap query, @Nullable String patient) {
    return switch (record.kind(type)) {
      case DIRECTORY -> true;
      case OUTSIDE -> false;
      case PATIENT, ENTRY -> {
        var conditions = query.get(record.ownerParameter(type));
        yield patient != null
            && conditions != null
            && conditions.stream().anyMatch(condition -> isOnly(condition, patient));
      }
    };
  }

  /// Conditions are joined by "and", the values of one by "or".
  private static boolean isOnly(List<IQueryParameterType> values, String patient) {
    return !values.isEmpty() && values.stream().allMatch(value -> names(value, patient));
  }

  private static boolean names(IQueryParameterType value, String patient) {
    if (value.getMissing() != null) {
      return false;
    }
    return switch (value) {
      case ReferenceParam reference ->
          patient.equals(reference.getIdPart()) && reference.getChain() == null;
      case TokenParam id -> patient.equals(id.getValue()) && id.getModifier() == null;
      default -> false;
    };
  }
}
