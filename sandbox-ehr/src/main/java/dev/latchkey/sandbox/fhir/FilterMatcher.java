package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthorizationSearchParamMatcher;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.util.ConcurrentLruCache;

/// Whether a resource would be found by a search for codes, for `AuthorizationInterceptor`.
///
/// HAPI's own matcher understands every search, and for that takes the values of all parameters out
/// of each resource. This one asks HAPI for the values of the searched parameters only.
final class FilterMatcher implements IAuthorizationSearchParamMatcher {
  private static final int MOST_KEPT = 200;

  private final FhirContext fhir;
  private final ISearchParamRegistry parameters;
  private final ISearchParamExtractor values;

  /// By the query, which starts with the type.
  private final ConcurrentLruCache<String, SearchParameterMap> searches;

  FilterMatcher(
      FhirContext fhir,
      MatchUrlService queries,
      ISearchParamRegistry parameters,
      ISearchParamExtractor values) {
    this.fhir = fhir;
    this.parameters = parameters;
    this.values = values;
    this.searches = new ConcurrentLruCache<>(MOST_KEPT, query -> read(queries, query));
  }

  private SearchParameterMap read(MatchUrlService queries, String query) {
    var type = query.substring(0, query.indexOf('?'));
    return queries.translateMatchUrl(query, fhir.getResourceDefinition(type));
  }

  /// @param query such as `Observation?category=...`
  @Override
  public MatchResult match(String query, IBaseResource resource) {
    var type = fhir.getResourceType(resource);
    var search = searches.get(query);
    if (!query.startsWith(type + "?") || !isForCodes(search)) {
      return MatchResult.buildUnsupported("Only codes of the resource itself are compared");
    }
    var isFound =
        search.entrySet().stream()
            .allMatch(
                condition -> isFound(resource, type, condition.getKey(), condition.getValue()));
    return isFound ? MatchResult.buildMatched() : MatchResult.buildUnmatched();
  }

  private static boolean isForCodes(SearchParameterMap search) {
    return !search.isEmpty()
        && search.getLastUpdated() == null
        && search.values().stream()
            .flatMap(Collection::stream)
            .flatMap(Collection::stream)
            .allMatch(FilterMatcher::isCode);
  }

  private static boolean isCode(IQueryParameterType value) {
    return value instanceof TokenParam token
        && token.getModifier() == null
        && token.getMissing() == null;
  }

  /// @param codes joined by "and", each of lists joined by "or"
  private boolean isFound(
      IBaseResource resource, String type, String name, List<List<IQueryParameterType>> codes) {
    var parameter =
        parameters.getActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH);
    if (parameter == null) {
      return false;
    }
    var found = values.extractSearchParamTokens(resource, parameter);
    return codes.stream()
        .allMatch(either -> either.stream().anyMatch(code -> isAmong(found, code)));
  }

  private static boolean isAmong(
      Collection<BaseResourceIndexedSearchParam> found, IQueryParameterType code) {
    return found.stream().anyMatch(value -> value.matches(code));
  }
}
