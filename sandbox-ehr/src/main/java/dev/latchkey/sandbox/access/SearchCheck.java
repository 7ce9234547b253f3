package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission.Filtered;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;

/// Judges the parameters of a search and narrows it to the token's patient, before it runs.
///
/// A search answers with what it finds, and also with what it does not find: `_has`, chains and
/// sort chains are questions about other resources whose answer is a yes or no. So each parameter
/// that crosses into another type needs a scope to search all of that type, and the crossing must
/// stay in the patient's record.
public final class SearchCheck {
  /// Parameters that concern only the searched resources themselves, or how the answer looks. What
  /// else starts with an underscore is refused (`_filter`, `_query`, `_content`, `_text`, `_list`,
  /// HAPI's own).
  private static final Set<String> ORDINARY =
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

  public SearchCheck(FhirContext fhir, PatientRecord record, Refusals refusals) {
    this.record = record;
    this.refusals = refusals;
    this.crossings = new Crossings(fhir, record, refusals);
  }

  /// The parameters with which a search of `type` may run: those of the app, those of the filter of
  /// its scopes, and for an entry of a record one more that binds it to the patient, where there is
  /// one. FHIR repeats a parameter to mean "and".
  Map<String, String[]> narrow(AccessToken token, String type, Map<String, String[]> asked) {
    check(token, type, asked);
    var parameters = withinFilter(token, type, crossings.withTypedChains(type, asked));
    if (token.isOfService()) {
      return parameters;
    }
    var patient = patient(token, type);
    if (record.kind(type) == Kind.DIRECTORY) {
      return parameters;
    }
    refuseOtherPatients(type, patient, parameters);
    var owner = record.ownerParameter(type);
    var value = record.kind(type) == Kind.PATIENT ? patient : PatientRecord.PATIENT + "/" + patient;
    var narrowed = new HashMap<>(parameters);
    narrowed.merge(owner, new String[] {value}, SearchCheck::and);
    return narrowed;
  }

  private static Map<String, String[]> withinFilter(
      AccessToken token, String type, Map<String, String[]> asked) {
    if (!(token.permission(type, Interaction.SEARCH) instanceof Filtered(var filter))) {
      return asked;
    }
    var narrowed = new HashMap<>(asked);
    for (var condition : filter.conditions()) {
      var either = String.join(",", condition.values());
      narrowed.merge(condition.parameter(), new String[] {either}, SearchCheck::and);
    }
    return narrowed;
  }

  private static String[] and(String[] asked, String[] added) {
    return Stream.concat(Arrays.stream(asked), Arrays.stream(added))
        .distinct()
        .toArray(String[]::new);
  }

  private String patient(AccessToken token, String type) {
    var patient = token.patient();
    if (patient == null) {
      throw refusals.insufficientScope(token, type, Interaction.SEARCH);
    }
    return patient;
  }

  /// Judges every parameter; changes nothing.
  void check(AccessToken token, String type, Map<String, String[]> parameters) {
    if (!token.allows(type, Interaction.SEARCH)) {
      throw refusals.insufficientScope(token, type, Interaction.SEARCH);
    }
    parameters.forEach((name, values) -> check(token, type, name, values));
    crossings.steps(token, parameters);
  }

  private void check(AccessToken token, String type, String name, String[] values) {
    var bare = name.split("[:.]", 2)[0];
    if (bare.equals("_has")) {
      crossings.reverseChain(token, type, name);
    } else if (bare.equals("_include")) {
      crossings.include(token, name, values);
    } else if (bare.equals("_revinclude")) {
      crossings.reverseInclude(token, type, name, values);
    } else if (bare.equals("_sort")) {
      Arrays.stream(values)
          .flatMap(value -> Arrays.stream(value.split(",", -1)))
          .map(key -> key.strip().replaceFirst("^-", ""))
          .filter(key -> key.contains("."))
          .forEach(key -> crossings.chain(token, type, key));
    } else if (bare.startsWith("_")) {
      if (!ORDINARY.contains(bare) || name.contains(".")) {
        throw refusals.notOffered("The search parameter " + Words.plain(name));
      }
    } else if (name.contains(".")) {
      crossings.chain(token, type, name);
    }
  }

  /// A friendlier answer than an empty one. It looks at the request alone, so it is the same
  /// whether or not the other patient exists; the narrowing is what protects.
  private void refuseOtherPatients(String type, String patient, Map<String, String[]> parameters) {
    for (var owner : record.ownerParameters(type)) {
      for (var name : Set.of(owner, owner + ":Patient")) {
        for (var value : parameters.getOrDefault(name, new String[0])) {
          Arrays.stream(value.split(",", -1))
              .map(one -> new IdType(one.strip()))
              .filter(id -> !id.hasResourceType() || id.getResourceType().equals("Patient"))
              .filter(id -> !patient.equals(id.getIdPart()))
              .findFirst()
              .ifPresent(
                  other -> {
                    throw refusals.anotherPatient();
                  });
        }
      }
    }
  }
}
