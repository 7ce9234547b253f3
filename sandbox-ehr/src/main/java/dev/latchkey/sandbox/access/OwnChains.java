package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.joining;

import dev.latchkey.sandbox.access.PatientRecord.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Holds what a search asks about other entries to those that its token may know of: they are
/// searched first, and the search gets their ids as one more parameter.
final class OwnChains {
  private static final String NOTHING = "none-in-this-record";

  private final PatientRecord record;
  private final ChainedEntries entries;
  private final Crossings crossings;

  OwnChains(PatientRecord record, ChainedEntries entries, Crossings crossings) {
    this.record = record;
    this.entries = entries;
    this.crossings = crossings;
  }

  Map<String, String[]> hold(
      String type, Map<String, String[]> parameters, SearchedRecords records) {
    return reverseChains(chains(type, parameters, records), records);
  }

  /// The same parameters, and for each chain into entries of a record one more that holds it to
  /// those of these patients: an own entry may refer to one of another record, such as a birth to
  /// the mother's visit, and a chain would tell what that one holds. So it would of a restricted
  /// entry.
  private Map<String, String[]> chains(
      String type, Map<String, String[]> parameters, SearchedRecords records) {
    var held = new HashMap<>(parameters);
    parameters.forEach(
        (name, values) -> {
          var dot = name.indexOf('.');
          if (name.startsWith("_") || dot < 0) {
            return;
          }
          var head = name.substring(0, dot);
          var rest = name.substring(dot + 1);
          var target = crossings.target(type, head, rest);
          if (isHeld(target, records)) {
            var own = entries.find(target, rest, values, records).stream().map(OwnChains::bareId);
            held.merge(
                Crossings.head(name),
                either(own.map(id -> target + "/" + id), target + "/"),
                Crossings::and);
          }
        });
    return held;
  }

  private boolean isHeld(String target, SearchedRecords records) {
    return record.kind(target) == Kind.ENTRY
        || (record.kind(target) == Kind.PATIENT && !records.areOfUser());
  }

  /// The same parameters, and for each `_has` one more that holds it to the patients whose entries
  /// are there to see: it would tell of restricted ones.
  private Map<String, String[]> reverseChains(
      Map<String, String[]> parameters, SearchedRecords records) {
    var held = new HashMap<>(parameters);
    if (!records.areOfUser()) {
      parameters.forEach(
          (name, values) -> {
            if (name.startsWith("_has:")) {
              var parts = name.split(":", 4);
              for (var value : values) {
                var found = entries.find(parts[1], parts[3], new String[] {value}, records);
                var owners = found.stream().flatMap(entry -> record.owner(entry).stream());
                held.merge("_id", either(owners.distinct(), ""), Crossings::and);
              }
            }
          });
    }
    return held;
  }

  private static String bareId(IBaseResource resource) {
    return resource.getIdElement().getIdPart();
  }

  /// One parameter of which any of these values is enough; nothing meets it when there are none.
  private static String[] either(Stream<String> values, String prefix) {
    var joined = values.collect(joining(","));
    return new String[] {joined.isEmpty() ? prefix + NOTHING : joined};
  }
}
