package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.TokenParam;
import dev.latchkey.scope.FilterCondition;
import dev.latchkey.scope.RecordFilter;
import dev.latchkey.scope.RecordType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads from a search which filter it is certain to stay within.
final class SearchTerms {
  private SearchTerms() {}

  /// Of a search as HAPI stores it.
  static RecordFilter of(String type, Map<String, String[]> parameters) {
    var conditions =
        Stream.of(parameters.getOrDefault(FilterCondition.CATEGORY, new String[0]))
            .map(value -> List.of(value.split(",", -1)));
    return filter(type, conditions);
  }

  /// Of a search on its way to the store.
  static RecordFilter of(String type, SearchParameterMap query) {
    var conditions = query.get(FilterCondition.CATEGORY);
    return conditions == null
        ? RecordFilter.EVERYTHING
        : filter(type, conditions.stream().map(SearchTerms::tokens));
  }

  /// Conditions are joined by "and", the values of one by "or".
  private static RecordFilter filter(String type, Stream<List<String>> conditions) {
    return RecordType.of(type)
        .map(known -> RecordFilter.ofSearch(known, conditions.toList()))
        .orElse(RecordFilter.EVERYTHING);
  }

  private static List<String> tokens(List<IQueryParameterType> values) {
    return values.stream().map(SearchTerms::token).toList();
  }

  /// Empty, which is no category, for `category:not=` and the like.
  private static String token(IQueryParameterType value) {
    return value instanceof TokenParam token
            && token.getModifier() == null
            && token.getMissing() == null
        ? token.getSystem() + "|" + token.getValue()
        : "";
  }
}
