package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.joining;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;

/// Reads the searches that the gates make themselves.
record InnerSearch(FhirContext fhir, MatchUrlService urls) {

  /// A search whose hits are all there when it returns.
  ///
  /// @param terms FHIR search parameters; each has to be met
  SearchParameterMap of(String type, Stream<Entry<String, String>> terms) {
    var query =
        terms
            .map(term -> encoded(term.getKey()) + "=" + encoded(term.getValue()))
            .collect(joining("&", type + "?", ""));
    var search = urls.translateMatchUrl(query, fhir.getResourceDefinition(type));
    search.setLoadSynchronous(true);
    return search;
  }

  /// A search with parameters as the gates narrow them.
  SearchParameterMap of(String type, Map<String, String[]> parameters) {
    return of(
        type,
        parameters.entrySet().stream()
            .flatMap(
                term -> Stream.of(term.getValue()).map(value -> Map.entry(term.getKey(), value))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
