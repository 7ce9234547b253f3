package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.sandbox.audit.AuditEventProvider;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ScopeSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts what an app would find with a scope, by the very search to which the gates narrow that of
/// the app: a rule that is added there counts here too.
record CountedSearches(
    PatientRecord record,
    SearchCheck searches,
    InnerSearch inner,
    DaoRegistry daos,
    AuditEventProvider accesses) {

  /// How many resources there are of those that the scope is about.
  ///
  /// @param patient bare id of the patient in context
  /// @param fhirUser the user, as `Type/id`
  int count(String patient, String fhirUser, ResourceScope scope) {
    var type = scope.type();
    if (record.kind(type) == Kind.TRAIL) {
      return accesses.count(patient);
    }
    var narrowed = searches.narrow(token(patient, fhirUser, scope), type, Map.of());
    var query = inner.of(type, narrowed);
    query.setSummaryMode(SummaryEnum.COUNT);
    IFhirResourceDao<?> dao = daos.getResourceDao(type);
    return dao.search(query, new SystemRequestDetails()).sizeOrThrowNpe();
  }

  private static AccessToken token(String patient, String fhirUser, ResourceScope scope) {
    var search =
        new ResourceScope(
            scope.context(),
            scope.type(),
            Set.of(Interaction.SEARCH),
            scope.filter(),
            scope.spelled());
    return AccessToken.ofUser(new ScopeSet(List.of(search)), patient, fhirUser);
  }
}
