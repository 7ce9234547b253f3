package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Finds the entries of patients' records that a chain may lead to.
@FunctionalInterface
interface ChainedEntries {
  /// Those that the token of a search may know of.
  ///
  /// @param parameter what the chain asks about them, such as `class`
  /// @param values each of them must hold
  List<? extends IBaseResource> find(
      String type, String parameter, String[] values, SearchedRecords records);

  /// Asks HAPI's search index.
  static ChainedEntries in(DaoRegistry daos, InnerSearch inner, PatientRecord record) {
    return (type, parameter, values, records) -> {
      var asked = Stream.of(values).map(value -> Map.entry(parameter, value));
      var own = Stream.concat(owners(type, record, records), visible(records));
      IFhirResourceDao<?> dao = daos.getResourceDao(type);
      return dao
          .searchForResources(inner.of(type, Stream.concat(own, asked)), new SystemRequestDetails())
          .stream()
          .filter(
              found -> records.token().isOfService() || record.isHeldBy(found, records.owners()))
          .toList();
    };
  }

  private static Stream<Map.Entry<String, String>> owners(
      String type, PatientRecord record, SearchedRecords records) {
    return records.token().isOfService()
        ? Stream.empty()
        : Stream.of(Map.entry(record.ownerParameter(type), records.anyOwner(type)));
  }

  private static Stream<Map.Entry<String, String>> visible(SearchedRecords records) {
    return records.areOfUser() ? Stream.empty() : Labels.exclusions();
  }
}
