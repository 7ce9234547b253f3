package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Judges the search parameters that lead from the searched type into another one.
final class Crossings {
  private static final String ANY = "*";

  private final FhirContext fhir;
  private final PatientRecord record;
  private final Refusals refusals;

  Crossings(FhirContext fhir, PatientRecord record, Refusals refusals) {
    this.fhir = fhir;
    this.record = record;
    this.refusals = refusals;
  }

  /// `subject:Patient.name`, `encounter:Encounter.class`, also as a key of `_sort`. One step only,
  /// because the second step would start from resources that the search is not narrowed on.
  void chain(SearchedRecords records, String type, String key) {
    var dot = key.indexOf('.');
    var rest = key.substring(dot + 1);
    if (rest.contains(".") || rest.startsWith("_has")) {
      throw refusals.notOffered("A chain of more than one step");
    }
    var target = target(type, key.substring(0, dot), rest);
    requireSearchOfAll(records, target);
    requireNoTrail(type, target);
    if (record.kind(target) == Kind.PATIENT && !leadsToOwner(type, head(key))) {
      throw refusals.notOffered("A chain to a patient who is not the subject");
    }
  }

  /// A key of `_sort` that is a chain. The order would tell about entries of other records that an
  /// own entry refers to, and of restricted ones, and unlike a chain it cannot be held to the
  /// others.
  void sort(SearchedRecords records, String type, String key) {
    chain(records, type, key);
    var dot = key.indexOf('.');
    var target = target(type, key.substring(0, dot), key.substring(dot + 1));
    if (record.kind(target) == Kind.ENTRY) {
      throw refusals.notOffered("Sorting by what is in another entry");
    }
  }

  /// FHIR repeats a parameter to mean "and".
  static String[] and(String[] asked, String[] added) {
    return Stream.concat(Stream.of(asked), Stream.of(added)).distinct().toArray(String[]::new);
  }

  static String head(String key) {
    return key.split("[:.]", 2)[0];
  }

  /// The one type that a chain leads to: the named one, or else the only one that we serve.
  String target(String type, String head, String rest) {
    var parts = head.split(":", 2);
    var parameter = parameter(type, parts[0]);
    var targets =
        parts.length > 1
            ? List.of(parts[1])
            : targets(type, parameter).stream().filter(RecordType::isServed).toList();
    if (targets.size() != 1) {
      throw refusals.malformed(
          "Name the type in the chain: %s:Type.%s"
              .formatted(Words.plain(parts[0]), Words.plain(rest)));
    }
    return targets.getFirst();
  }

  /// The same parameters, each chain with its type: HAPI would follow an untyped one into types
  /// that are not served, and fail.
  Map<String, String[]> withTypedChains(String type, Map<String, String[]> parameters) {
    var typed = new HashMap<String, String[]>();
    parameters.forEach((name, values) -> typed.put(withType(type, name), values));
    return typed;
  }

  private String withType(String type, String name) {
    var dot = name.indexOf('.');
    if (name.startsWith("_") || dot < 0 || name.indexOf(':') >= 0) {
      return name;
    }
    var head = name.substring(0, dot);
    return head + ":" + target(type, head, name.substring(dot + 1)) + name.substring(dot);
  }

  /// A `patient` parameter leads to patients, whatever else the element could hold.
  private Set<String> targets(String type, RuntimeSearchParam parameter) {
    return parameter.getName().equals("patient") && leadsToOwner(type, parameter.getName())
        ? Set.of(PatientRecord.PATIENT)
        : Set.copyOf(parameter.getTargets());
  }

  /// The search is narrowed to its owners, so a step to the owner stays with patients of the token.
  private boolean leadsToOwner(String type, String parameter) {
    return record.kind(type) == Kind.ENTRY && record.ownerParameters(type).contains(parameter);
  }

  /// `_has:Observation:patient:code`: only from the patient to entries of that patient's record.
  /// Any other link, such as `performer` or a practice seen by everyone, counts other people's
  /// entries.
  void reverseChain(SearchedRecords records, String type, String name) {
    var parts = List.of(name.split(":", -1));
    if (parts.size() < 4) {
      throw refusals.malformed("Write _has as _has:Type:reference:parameter");
    }
    var source = parts.get(1);
    requireSearchOfAll(records, source);
    requireNoTrail(type, source);
    var tail = String.join(":", parts.subList(3, parts.size()));
    if (record.kind(type) != Kind.PATIENT
        || !leadsToOwner(source, parts.get(2))
        || tail.startsWith("_")
        || tail.contains(".")) {
      throw refusals.notOffered("This use of _has");
    }
  }

  /// `_include=Observation:encounter`, `Observation:performer:Practitioner`, `Observation:*` or
  /// `*`. What comes along is looked at again on its way out.
  void include(SearchedRecords records, String name, String[] values) {
    var iterates = name.equals("_include:iterate") || name.equals("_include:recurse");
    if (!iterates && !name.equals("_include")) {
      throw refusals.notOffered("The search parameter " + Words.plain(name));
    }
    for (var value : values) {
      var parts = List.of(value.split(":", -1));
      if (parts.getLast().equals(ANY)) {
        // It would walk on through resources that the token may not see.
        if (iterates) {
          throw refusals.notOffered("_include:iterate with *");
        }
        continue;
      }
      if (parts.size() < 2) {
        throw refusals.malformed("Write _include as _include=Type:parameter");
      }
      requireReach(records, parts.getFirst());
      requireNoTrail(parts.getFirst());
      requireTarget(records, parts);
    }
  }

  /// HAPI follows `_include` from what `_revinclude` brought, and `:iterate` from anything, before
  /// a gate looks at it. From a type of which the token does not reach all, that would show what
  /// hidden entries refer to.
  void steps(SearchedRecords records, Map<String, String[]> parameters) {
    var brought = sources(parameters, "_revinclude");
    var onward =
        sources(parameters, "_include").stream()
            .flatMap(source -> source.equals(ANY) ? brought.stream() : Stream.of(source))
            .filter(source -> brought.contains(source) || brought.contains(ANY));
    var iterated =
        Stream.of("_include:iterate", "_include:recurse")
            .flatMap(name -> sources(parameters, name).stream());
    if (!Stream.concat(onward, iterated).allMatch(source -> reachesAll(records, source))) {
      throw refusals.notOffered("This use of _include");
    }
  }

  /// The types from which an include starts.
  private static Set<String> sources(Map<String, String[]> parameters, String name) {
    return Stream.of(parameters.getOrDefault(name, new String[0]))
        .map(value -> value.split(":", 2)[0])
        .collect(toSet());
  }

  private void requireTarget(SearchedRecords records, List<String> parts) {
    var targets =
        parts.size() > 2
            ? Set.of(parts.get(2))
            : parameter(parts.getFirst(), parts.get(1)).getTargets();
    if (targets.stream().noneMatch(target -> reaches(records, target))) {
      var wanted = targets.stream().filter(RecordType::isServed).sorted().findFirst();
      throw wanted
          .map(target -> refusals.insufficientScope(records.token(), target, Interaction.READ))
          .orElseGet(() -> refusals.notOffered("This use of _include"));
    }
  }

  /// `_revinclude=Provenance:target`: a search of the type that refers back.
  void reverseInclude(SearchedRecords records, String type, String name, String[] values) {
    if (!name.equals("_revinclude")) {
      throw refusals.notOffered("The search parameter " + Words.plain(name));
    }
    for (var value : values) {
      var source = value.split(":", 2)[0];
      if (!source.equals(ANY)) {
        requireSearch(records, source);
        requireNoTrail(source);
      }
      // Everyone's entries refer to the directory.
      if (record.kind(type) == Kind.DIRECTORY && record.kind(source) != Kind.DIRECTORY) {
        throw refusals.notOffered("_revinclude of records from " + Words.plain(type));
      }
    }
  }

  /// Who has reached a record is searched by itself alone: it is not kept where records are.
  private void requireNoTrail(String... types) {
    if (Stream.of(types).anyMatch(type -> record.kind(type) == Kind.TRAIL)) {
      throw refusals.notOffered("A search from or into AuditEvent");
    }
  }

  private RuntimeSearchParam parameter(String type, String name) {
    var parameter =
        RecordType.isServed(type) ? fhir.getResourceDefinition(type).getSearchParam(name) : null;
    if (parameter == null) {
      throw unknownParameter(type, name);
    }
    return parameter;
  }

  private BaseServerResponseException unknownParameter(String type, String name) {
    return refusals.malformed(
        "%s has no search parameter %s".formatted(Words.plain(type), Words.plain(name)));
  }

  private void requireSearch(SearchedRecords records, String type) {
    if (!records.token().allows(type, Interaction.SEARCH)) {
      throw refusals.insufficientScope(records.token(), Words.plain(type), Interaction.SEARCH);
    }
  }

  /// What is asked about resources of another type is answered by yes or no, and no filter of a
  /// scope narrows the question.
  private void requireSearchOfAll(SearchedRecords records, String type) {
    if (!records.allowsAll(type, Interaction.SEARCH)) {
      throw refusals.insufficientScope(records.token(), Words.plain(type), Interaction.SEARCH);
    }
  }

  private void requireReach(SearchedRecords records, String type) {
    if (!reaches(records, type)) {
      throw refusals.insufficientScope(records.token(), Words.plain(type), Interaction.READ);
    }
  }

  private boolean reachesAll(SearchedRecords records, String type) {
    if (type.equals(ANY)) {
      return RecordType.ofWildcard().allMatch(each -> reachesAll(records, each.fhirName()));
    }
    var isWhole = record.kind(type) == Kind.DIRECTORY || records.areOfUser();
    return isWhole
        && (records.allowsAll(type, Interaction.READ)
            || records.allowsAll(type, Interaction.SEARCH));
  }

  private static boolean reaches(SearchedRecords records, String type) {
    var token = records.token();
    return token.allows(type, Interaction.READ) || token.allows(type, Interaction.SEARCH);
  }
}
