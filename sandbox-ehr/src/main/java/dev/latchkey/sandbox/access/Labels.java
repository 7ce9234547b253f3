package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// The confidentiality labels of FHIR resources (`meta.security`, HL7 v3-Confidentiality). A
/// resource that is labelled `R` (restricted) or `V` (very restricted) is for the patient alone;
/// see [AccessToken#isOfPatient].
final class Labels {
  private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  private static final List<String> RESTRICTED = List.of("R", "V");

  private static final String PARAMETER = "_security";
  private static final String EXCLUDED = PARAMETER + ":not";

  private Labels() {}

  static boolean isRestricted(IBaseResource resource) {
    return resource.getMeta().getSecurity().stream()
        .filter(label -> SYSTEM.equals(label.getSystem()))
        .anyMatch(label -> RESTRICTED.stream().anyMatch(code -> code.equals(label.getCode())));
  }

  /// Has a search find what is not restricted only. Each code gets a parameter of its own: FHIR
  /// repeats one to mean "and".
  static void exclude(Map<String, String[]> search) {
    search.merge(EXCLUDED, terms().toArray(String[]::new), Crossings::and);
  }

  /// Whether a parameter is the one that [#exclude] adds, and nothing else.
  static boolean isExclusion(String name, String[] values) {
    return name.equals(EXCLUDED) && terms().toList().equals(List.of(values));
  }

  /// The parameters that leave out what is restricted.
  static Stream<Map.Entry<String, String>> exclusions() {
    return terms().map(term -> Map.entry(EXCLUDED, term));
  }

  private static Stream<String> terms() {
    return RESTRICTED.stream().map(code -> SYSTEM + "|" + code);
  }

  /// Whether a search as HAPI stores it leaves out what is restricted.
  static boolean areExcluded(Map<String, String[]> search) {
    var excluded = List.of(search.getOrDefault(EXCLUDED, new String[0]));
    return terms().allMatch(excluded::contains);
  }

  /// Of a search on its way to the store.
  static boolean areExcluded(SearchParameterMap query) {
    var conditions = query.get(PARAMETER);
    return conditions != null
        && RESTRICTED.stream()
            .allMatch(code -> conditions.stream().anyMatch(values -> isExclusion(values, code)));
  }

  private static boolean isExclusion(List<IQueryParameterType> values, String code) {
    return values.size() == 1
        && values.getFirst() instanceof TokenParam label
        && label.getModifier() == TokenParamModifier.NOT
        && SYSTEM.equals(label.getSystem())
        && code.equals(label.getValue());
  }
}
