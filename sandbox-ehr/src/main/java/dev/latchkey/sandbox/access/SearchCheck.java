package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.Permission.Filtered;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;

/// Judges the parameters of a search and narrows it to the patients of the token, before it runs.
///
/// A search answers with what it finds, and also with what it does not find: `_has`, chains and
/// sort chains are questions about other resources whose answer is a yes or no. So each parameter
/// that crosses into another type needs a scope to search all of that type, and the crossing must
/// stay in the patient's record.
public final class SearchCheck {
  /// Parameters that concern only the searched resources themselves, or how the answer looks. What
  /// else starts with an underscore is refused (`_filter`, `_query`, `_content`, `_text`, `_list`,
  /// HAPI's own).
  static final Set<String> ORDINARY =
      Set.of(
          "_id",
          "_lastUpdated",
          "_tag",
          "_profile",
          "_security",
          "_source",
          "_language",
          "_count",
          "_offset",
          "_summary",
          "_elements",
          "_total",
          "_format",
          "_pretty");

  private final PatientRecord record;
  private final Refusals refusals;
  private final Crossings crossings;
  private final OwnChains chains;

  SearchCheck(FhirContext fhir, PatientRecord record, ChainedEntries entries, Refusals refusals) {
    this.record = record;
    this.refusals = refusals;
    this.crossings = new Crossings(fhir, record, refusals);
    this.chains = new OwnChains(record, entries, crossings);
  }

  /// The parameters with which a search of `type` may run: those of the app, those of the filter of
  /// its scopes, and for an entry of a record one more that binds it to its patients, where there
  /// are any. FHIR repeats a parameter to mean "and".
  Map<String, String[]> narrow(AccessToken token, String type, Map<String, String[]> asked) {
    var records = checked(token, type, asked);
    var parameters = within(permission(records, type), crossings.withTypedChains(type, asked));
    if (record.kind(type) == Kind.DIRECTORY) {
      return parameters;
    }
    if (!token.isOfService()) {
      refuseOtherPatients(type, records, parameters);
    }
    var narrowed = chains.hold(type, parameters, records);
    withoutRestricted(type, records, narrowed);
    if (!token.isOfService()) {
      narrowed.merge(
          record.ownerParameter(type),
          new String[] {records.anyOwner(type)},
          (own, all) -> andOnce(own, all, PatientRecord.PATIENT + "/"));
    }
    return narrowed;
  }

  /// One search cannot ask for what is restricted in one record and leave it out of another.
  private void withoutRestricted(
      String type, SearchedRecords records, Map<String, String[]> narrowed) {
    if (records.areOfUser() || record.kind(type) == Kind.TRAIL) {
      return;
    }
    if (records.hasUser() && record.kind(type) == Kind.ENTRY) {
      throw refusals.malformed(
          "Name one patient: restricted entries are shown of the record of the user only");
    }
    Labels.exclude(narrowed);
  }

  /// Both conditions, or the second alone where the first says the same: the store would join its
  /// tables once for each.
  private static String[] andOnce(String[] own, String[] all, String prefix) {
    var isTheSame = own.length == 1 && (own[0].equals(all[0]) || (prefix + own[0]).equals(all[0]));
    return isTheSame ? all : Crossings.and(own, all);
  }

  /// One search has one filter, so it cannot ask for all of one record and for a part of another.
  private Permission permission(SearchedRecords records, String type) {
    var permissions = records.permissions(type, Interaction.SEARCH);
    if (permissions.size() > 1) {
      throw refusals.malformed(
          "Name one patient: the scopes of this access token allow more for one than for another");
    }
    return permissions.iterator().next();
  }

  private static Map<String, String[]> within(Permission permission, Map<String, String[]> asked) {
    if (!(permission instanceof Filtered(var filter))) {
      return asked;
    }
    var narrowed = new HashMap<>(asked);
    for (var condition : filter.conditions()) {
      var either = String.join(",", condition.values());
      narrowed.merge(
          condition.parameter(), new String[] {either}, (own, all) -> andOnce(own, all, ""));
    }
    return narrowed;
  }

  /// Judges every parameter; changes nothing.
  void check(AccessToken token, String type, Map<String, String[]> parameters) {
    var _ = checked(token, type, parameters);
  }

  private SearchedRecords checked(
      AccessToken token, String type, Map<String, String[]> parameters) {
    if (!token.allows(type, Interaction.SEARCH)) {
      throw refusals.insufficientScope(token, type, Interaction.SEARCH);
    }
    var records = SearchedRecords.of(token, record, type, parameters);
    parameters.forEach((name, values) -> check(records, type, name, values));
    crossings.steps(records, parameters);
    return records;
  }

  private void check(SearchedRecords records, String type, String name, String[] values) {
    var bare = name.split("[:.]", 2)[0];
    if (bare.equals("_has")) {
      crossings.reverseChain(records, type, name);
    } else if (bare.equals("_include")) {
      crossings.include(records, name, values);
    } else if (bare.equals("_revinclude")) {
      crossings.reverseInclude(records, type, name, values);
    } else if (bare.equals("_sort")) {
      Arrays.stream(values)
          .flatMap(value -> Arrays.stream(value.split(",", -1)))
          .map(key -> key.strip().replaceFirst("^-", ""))
          .filter(key -> key.contains("."))
          .forEach(key -> crossings.sort(records, type, key));
    } else if (bare.startsWith("_")) {
      if (!ORDINARY.contains(bare) || name.contains(".")) {
        throw refusals.notOffered("The search parameter " + Words.plain(name));
      }
    } else if (name.contains(".")) {
      crossings.chain(records, type, name);
    } else if (record.kind(type) == Kind.TRAIL && bare.equals(record.ownerParameter(type))) {
      refuseEntries(records, name, values);
    }
  }

  /// Whether somebody has reached an entry says that it is there, also of a restricted one.
  private void refuseEntries(SearchedRecords records, String name, String[] values) {
    var prefix = name.contains(":") ? name.split(":", 2)[1] + "/" : "";
    var namesEntry =
        Arrays.stream(values)
            .flatMap(SearchedRecords::either)
            .map(value -> new IdType(prefix + value).getResourceType())
            .anyMatch(record::isEntry);
    if (namesEntry && !records.areOfUser()) {
      throw refusals.notOffered("A search for who has reached one entry of another person");
    }
  }

  /// A friendlier answer than an empty one. It looks at the request alone, so it is the same
  /// whether or not the other patient exists; the narrowing is what protects.
  private void refuseOtherPatients(
      String type, SearchedRecords records, Map<String, String[]> parameters) {
    if (!SearchedRecords.named(record, type, parameters)
        .map(IdType::getIdPart)
        .allMatch(records.owners()::contains)) {
      throw refusals.anotherPatient();
    }
  }
}
