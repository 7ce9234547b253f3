package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.util.UrlUtil;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.sandbox.access.AccessToken.Holder;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.TokenType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Encounter;
import org.jspecify.annotations.Nullable;

/// A search that an app of Ana makes, and what the check makes of it.
final class CheckedSearch {
  private static final ServerIdentity HERE =
      new ServerIdentity("http://localhost:8080", "http://localhost:8080/fhir");
  static final SearchCheck CHECK =
      new SearchCheck(
          FhirCalls.FHIR,
          new PatientRecord(FhirCalls.FHIR, HERE.fhirBase()),
          CheckedSearch::chained,
          new Refusals(new Challenges(HERE)));

  private CheckedSearch() {}

  /// Ana has two visits, none of them an emergency.
  private static List<? extends IBaseResource> chained(
      String type, String parameter, String[] values, SearchedRecords records) {
    return type.equals("Encounter")
            && records.owners().equals(Set.of("ana"))
            && !values[0].equals("EMER")
        ? List.of(new Encounter().setId("Encounter/1"), new Encounter().setId("Encounter/2"))
        : List.of();
  }

  /// @param patient in context; null for none
  static AccessToken token(String scopes, @Nullable String patient) {
    return new AccessToken(
        Holder.USER,
        TokenType.BEARER,
        "app",
        ScopeSet.parse(scopes),
        patient,
        "Patient/ana",
        Set.of(),
        "ana");
  }

  /// The parameters that reach the store.
  static Map<String, String[]> narrow(String scopes, String search) {
    var parts = search.split("\\?", 2);
    var query = parts.length > 1 ? parts[1] : "";
    return CHECK.narrow(token(scopes, "ana"), parts[0], UrlUtil.parseQueryString(query));
  }

  static BaseServerResponseException refusal(String scopes, String search) {
    return catchThrowableOfType(BaseServerResponseException.class, () -> narrow(scopes, search));
  }
}
