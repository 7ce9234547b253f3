package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Finds an entry of a given id in a patient's record.
@FunctionalInterface
interface RecordIndex {
  /// One query, the same for an entry that is not there and for one of another patient: neither the
  /// answer nor the work behind it tells them apart.
  ///
  /// @param patient empty for an entry of whatever record
  Optional<? extends IBaseResource> find(String type, String id, Optional<String> patient);

  default boolean holds(String type, String id, String patient) {
    return find(type, id, Optional.of(patient)).isPresent();
  }

  /// Asks HAPI's search index. What it finds names the patient as an owner; a provenance may name
  /// several, and is then nobody's.
  static RecordIndex in(DaoRegistry daos, PatientRecord record) {
    return (type, id, patient) -> {
      var query = SearchParameterMap.newSynchronous();
      query.add("_id", new TokenParam(id));
      patient.ifPresent(
          owner -> query.add("patient", new ReferenceParam(PatientRecord.PATIENT + "/" + owner)));
      IFhirResourceDao<?> dao = daos.getResourceDao(type);
      return dao.searchForResources(query, new SystemRequestDetails()).stream()
          .filter(found -> patient.isEmpty() || record.holds(found, patient.get()))
          .findFirst();
    };
  }
}
