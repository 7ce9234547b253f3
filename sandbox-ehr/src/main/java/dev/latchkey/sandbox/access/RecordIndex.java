package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Finds an entry of a given id in a patient's record.
@FunctionalInterface
interface RecordIndex {
  /// One query, the same for an entry that is not there and for one of another patient: neither the
  /// answer nor the work behind it tells them apart.
  ///
  /// @param owners one of these patients; empty for an entry of whatever record
  Optional<? extends IBaseResource> find(String type, String id, Optional<Set<String>> owners);

  /// Asks HAPI's search index. What it finds names the patient as an owner; a provenance may name
  /// several, and is then nobody's.
  static RecordIndex in(DaoRegistry daos, PatientRecord record) {
    return (type, id, owners) -> {
      var query = SearchParameterMap.newSynchronous();
      query.add("_id", new TokenParam(id));
      owners.ifPresent(these -> query.add("patient", anyOf(these)));
      IFhirResourceDao<?> dao = daos.getResourceDao(type);
      return dao.searchForResources(query, new SystemRequestDetails()).stream()
          .filter(found -> owners.isEmpty() || record.isHeldBy(found, owners.get()))
          .findFirst();
    };
  }

  private static ReferenceOrListParam anyOf(Set<String> patients) {
    var either = new ReferenceOrListParam();
    patients.forEach(
        patient -> either.add(new ReferenceParam(PatientRecord.PATIENT + "/" + patient)));
    return either;
  }
}
