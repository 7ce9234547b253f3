package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the entries of patients' records that a chain may lead to.
@FunctionalInterface
interface ChainedEntries {
  /// As `Type/id`.
  ///
  /// @param parameter what the chain asks about them, such as `class`
  /// @param values each of them must hold
  List<String> find(String type, String parameter, String[] values, Set<String> patients);

  /// Asks HAPI's search index.
  static ChainedEntries in(
      DaoRegistry daos, MatchUrlService urls, FhirContext fhir, PatientRecord record) {
    return (type, parameter, values, patients) -> {
      var owner =
          patients.stream()
              .map(patient -> encoded(PatientRecord.PATIENT + "/" + patient))
              .collect(Collectors.joining(",", "patient=", ""));
      var search =
          Stream.concat(
                  Stream.of(owner),
                  Stream.of(values).map(value -> encoded(parameter) + "=" + encoded(value)))
              .collect(Collectors.joining("&", type + "?", ""));
      var query = urls.translateMatchUrl(search, fhir.getResourceDefinition(type));
      query.setLoadSynchronous(true);
      IFhirResourceDao<?> dao = daos.getResourceDao(type);
      return dao.searchForResources(query, new SystemRequestDetails()).stream()
          .filter(found -> record.isHeldBy(found, patients))
          .map(found -> type + "/" + found.getIdElement().getIdPart())
          .toList();
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
