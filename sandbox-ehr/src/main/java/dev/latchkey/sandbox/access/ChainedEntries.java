package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
  static ChainedEntries in(
      DaoRegistry daos, MatchUrlService urls, FhirContext fhir, PatientRecord record) {
    return (type, parameter, values, records) -> {
      var asked = Stream.of(values).map(value -> Map.entry(parameter, value));
      var own = Stream.concat(owners(type, record, records), visible(records));
      var search =
          Stream.concat(own, asked)
              .map(term -> encoded(term.getKey()) + "=" + encoded(term.getValue()))
              .collect(Collectors.joining("&", type + "?", ""));
      var query = urls.translateMatchUrl(search, fhir.getResourceDefinition(type));
      query.setLoadSynchronous(true);
      IFhirResourceDao<?> dao = daos.getResourceDao(type);
      return dao.searchForResources(query, new SystemRequestDetails()).stream()
          .filter(
              found -> records.token().isOfService() || record.isHeldBy(found, records.owners()))
          .toList();
    };
  }

  private static Stream<Map.Entry<String, String>> owners(
      String type, PatientRecord record, SearchedRecords records) {
    if (records.token().isOfService()) {
      return Stream.empty();
    }
    var prefix = record.kind(type) == Kind.PATIENT ? "" : PatientRecord.PATIENT + "/";
    var owners = records.owners().stream().map(prefix::concat).collect(Collectors.joining(","));
    return Stream.of(Map.entry(record.ownerParameter(type), owners));
  }

  private static Stream<Map.Entry<String, String>> visible(SearchedRecords records) {
    return records.areOfUser() ? Stream.empty() : Labels.exclusions();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
