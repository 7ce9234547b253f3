package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.sandbox.fhir.EncounterKind;
import dev.latchkey.scope.ScopeSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Reference;

/// Lists the encounters that an app would find, by the very search to which the gates narrow that
/// of the app: what is kept back from the app of this user is no choice either.
///
/// @param reads what it waits for and for how long; an encounter that comes late is no choice
record ListedEncounters(
    SearchCheck searches, InnerSearch inner, DaoRegistry daos, BesideThePage reads)
    implements RecentEncounters {
  private static final String TYPE = "Encounter";
  private static final ScopeSet SEARCH = ScopeSet.parse("patient/Encounter.s");
  private static final String TOOK_PLACE = "arrived,triaged,in-progress,onleave,finished";

  @Override
  public List<Entry> of(String patient, String fhirUser) {
    var listed = new AtomicReference<List<Entry>>(List.of());
    reads.run(() -> listed.set(read(patient, fhirUser)));
    return listed.get();
  }

  private List<Entry> read(String patient, String fhirUser) {
    var token = AccessToken.ofUser(SEARCH, patient, fhirUser);
    var asked = Map.of("status", new String[] {TOOK_PLACE});
    var query = inner.of(TYPE, searches.narrow(token, TYPE, asked));
    query.setSort(new SortSpec("date", SortOrderEnum.DESC));
    query.setCount(MOST);
    query.setLoadSynchronousUpTo(MOST);
    return daos
        .getResourceDao(Encounter.class)
        .searchForResources(query, new SystemRequestDetails())
        .stream()
        .map(ListedEncounters::described)
        .toList();
  }

  private static Entry described(Encounter encounter) {
    var start = encounter.getPeriod().getStartElement().getValueAsString();
    var place =
        encounter.hasServiceProvider()
            ? encounter.getServiceProvider()
            : encounter.getLocationFirstRep().getLocation();
    return new Entry(
        encounter.getIdElement().getIdPart(),
        start == null ? "" : start,
        EncounterKind.of(encounter),
        name(place),
        name(encounter.getParticipantFirstRep().getIndividual()));
  }

  private static String name(Reference reference) {
    return reference.hasDisplay() ? reference.getDisplay() : "";
  }
}
