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
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.Permission.Filtered;
import dev.latchkey.scope.RecordFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets no search of patients' entries into the store that is not bound to patients of the token
/// and to the filter of its scopes, or that would find restricted entries of other people than the
/// user, however the search came about; a backend service has no patient to be bound to. Totals and
/// page sizes are counted there, before any resource is looked at.
@Interceptor(order = Gates.RECORD)
public final class NarrowedSearches implements FhirInterceptor {
  private static final Interaction[] READS = {Interaction.READ, Interaction.SEARCH};

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
      if (!isWithin(token, search.getResourceType(), query)) {
        throw refusals.notOffered("This search");
      }
    }
  }

  private boolean isWithin(AccessToken token, String type, SearchParameterMap query) {
    var terms = SearchTerms.of(type, query);
    var isOpen = Labels.areExcluded(query);
    if (record.kind(type) == Kind.DIRECTORY) {
      return isWithin(token.permission(type, Interaction.SEARCH), terms);
    }
    return token.isOfService()
        ? isOpen && isWithin(token.permission(type, Interaction.SEARCH), terms)
        : owners(token, type, query).stream()
            .anyMatch(
                owners ->
                    owners.stream()
                        .allMatch(
                            owner ->
                                (isOpen || token.isOfPatient(owner) || isTrail(type))
                                    && isWithin(
                                        token.permission(type, Interaction.SEARCH, owner), terms)));
  }

  /// It is kept apart from the records, and has no labels.
  private boolean isTrail(String type) {
    return record.kind(type) == Kind.TRAIL;
  }

  /// A search by an operation needs no scope to search.
  private static boolean isWithin(Permission permission, RecordFilter terms) {
    return !(permission instanceof Filtered(var filter)) || filter.covers(terms);
  }

  /// Each condition that binds the search to patients of whose records the token reaches the type.
  private List<Set<String>> owners(AccessToken token, String type, SearchParameterMap query) {
    var conditions = query.get(record.ownerParameter(type));
    return conditions == null || record.kind(type) == Kind.OUTSIDE
        ? List.of()
        : conditions.stream()
            .map(values -> owners(values, token.recordsWith(type, READS)))
            .filter(owners -> !owners.isEmpty())
            .toList();
  }

  /// Conditions are joined by "and", the values of one by "or".
  private static Set<String> owners(List<IQueryParameterType> values, Set<String> reached) {
    var owners = new HashSet<String>();
    for (var value : values) {
      var named = reached.stream().filter(patient -> names(value, patient)).findFirst();
      if (named.isEmpty()) {
        return Set.of();
      }
      owners.add(named.get());
    }
    return owners;
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
