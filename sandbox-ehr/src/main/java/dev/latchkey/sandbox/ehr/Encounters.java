package dev.latchkey.sandbox.ehr;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.sandbox.fhir.EncounterKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Encounter;

/// The encounters of a patient, as the EHR knows them.
public interface Encounters {
  /// One encounter.
  ///
  /// @param id bare FHIR id
  /// @param label what happened and when
  record Choice(String id, String label) {}

  /// The latest ones, newest first.
  List<Choice> latest(String patient);

  /// Whether this is an encounter of the patient.
  boolean isOf(String patient, String encounter);

  /// Out of the FHIR store.
  static Encounters in(DaoRegistry daos) {
    return new Encounters() {
      private static final int MOST = 10;

      @Override
      public List<Choice> latest(String patient) {
        var query = of(patient);
        query.setSort(new SortSpec("date", SortOrderEnum.DESC));
        query.setCount(MOST);
        query.setLoadSynchronousUpTo(MOST);
        return search(query).stream().map(Encounters::choice).toList();
      }

      @Override
      public boolean isOf(String patient, String encounter) {
        var query = of(patient);
        query.add("_id", new TokenParam(encounter));
        return !search(query).isEmpty();
      }

      private SearchParameterMap of(String patient) {
        var query = SearchParameterMap.newSynchronous();
        query.add("patient", new ReferenceParam("Patient/" + patient));
        return query;
      }

      private List<Encounter> search(SearchParameterMap query) {
        return daos.getResourceDao(Encounter.class)
            .searchForResources(query, new SystemRequestDetails());
      }
    };
  }

  private static Choice choice(Encounter encounter) {
    var start = encounter.getPeriod().getStartElement().getValueAsString();
    var day = start == null ? "" : DisplayTime.date(start, Language.ENGLISH);
    return new Choice(
        encounter.getIdElement().getIdPart(),
        Stream.of(EncounterKind.of(encounter), day)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", ")));
  }
}
