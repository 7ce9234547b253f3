package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What is in the store, read past every gate, and whose it is as the JSON says. It shares no code
/// with the gates: where both are wrong, they are wrong in different ways.
final class StoredRecords {
  static final String PATIENT = "Patient";

  /// The element that says whose record an entry is in.
  private static final Map<String, String> OWNER =
      Map.ofEntries(
          Map.entry("AllergyIntolerance", "patient"),
          Map.entry("CarePlan", "subject"),
          Map.entry("CareTeam", "subject"),
          Map.entry("Condition", "subject"),
          Map.entry("Consent", "patient"),
          Map.entry("Coverage", "beneficiary"),
          Map.entry("Device", "patient"),
          Map.entry("DiagnosticReport", "subject"),
          Map.entry("DocumentReference", "subject"),
          Map.entry("Encounter", "subject"),
          Map.entry("Goal", "subject"),
          Map.entry("Immunization", "patient"),
          Map.entry("MedicationDispense", "subject"),
          Map.entry("MedicationRequest", "subject"),
          Map.entry("Observation", "subject"),
          Map.entry("Procedure", "subject"),
          Map.entry("Provenance", "target"),
          Map.entry("RelatedPerson", "patient"),
          Map.entry("ServiceRequest", "subject"),
          Map.entry("Specimen", "subject"));

  /// Belong to nobody: records point at them.
  private static final Set<String> DIRECTORY =
      Set.of("Location", "Medication", "Organization", "Practitioner", "PractitionerRole");

  /// Lists patients, and is for backend services only.
  private static final String GROUP = "Group";

  /// Served, and within reach of no scope.
  private static final Set<String> CLOSED = Set.of("Person");

  private static final ObjectMapper JSON = new ObjectMapper();

  /// One resource.
  ///
  /// @param id as `Type/id`
  /// @param owner id of the one patient whose record it is in
  /// @param categories as `system|code`
  /// @param isRestricted whether its label keeps it for the patient
  /// @param references what it refers to, as `Type/id`
  /// @param targets of these, the ones that a provenance is about
  record Stored(
      String type,
      String id,
      String version,
      Optional<String> owner,
      Set<String> categories,
      boolean isRestricted,
      Set<String> references,
      Set<String> targets) {
    String bareId() {
      return id.substring(id.indexOf('/') + 1);
    }
  }

  private final Map<String, Map<String, Stored>> byType = new TreeMap<>();

  private StoredRecords() {}

  static Set<String> types() {
    var types = new TreeSet<>(OWNER.keySet());
    types.addAll(DIRECTORY);
    types.addAll(CLOSED);
    types.add(PATIENT);
    types.add(GROUP);
    return types;
  }

  static Set<String> entryTypes() {
    return new TreeSet<>(OWNER.keySet());
  }

  static boolean isDirectory(String type) {
    return DIRECTORY.contains(type);
  }

  static boolean isForServices(String type) {
    return type.equals(GROUP);
  }

  static boolean isClosed(String type) {
    return CLOSED.contains(type);
  }

  static String ownerElement(String type) {
    return OWNER.getOrDefault(type, "");
  }

  static StoredRecords read(DaoRegistry daos) {
    return read(daos, types());
  }

  /// Only of these types.
  static StoredRecords read(DaoRegistry daos, Set<String> types) {
    var records = new StoredRecords();
    for (var type : types) {
      IFhirResourceDao<?> dao = daos.getResourceDao(type);
      var all = SearchParameterMap.newSynchronous();
      var found = new LinkedHashMap<String, Stored>();
      for (var resource : dao.searchForResources(all, new SystemRequestDetails())) {
        var stored = stored(FhirCalls.FHIR.newJsonParser().encodeResourceToString(resource));
        found.put(stored.id, stored);
      }
      records.byType.put(type, found);
    }
    return records;
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON: " + json, e);
    }
  }

  private static Stored stored(String json) {
    var resource = tree(json);
    var type = resource.path("resourceType").asText();
    var id = type + "/" + resource.path("id").asText();
    var owners =
        type.equals(PATIENT) ? Set.of(id) : patients(resource.path(OWNER.getOrDefault(type, "")));
    return new Stored(
        type,
        id,
        resource.path("meta").path("versionId").asText(),
        owners.size() == 1
            ? Optional.of(owners.iterator().next().substring("Patient/".length()))
            : Optional.empty(),
        resource.path("category").findValues("coding").stream()
            .flatMap(StoredRecords::each)
            .map(coding -> coding.path("system").asText() + "|" + coding.path("code").asText())
            .collect(toCollection(TreeSet::new)),
        each(resource.path("meta").path("security")).anyMatch(StoredRecords::restricts),
        references(resource),
        references(resource.path("target")));
  }

  private static boolean restricts(JsonNode label) {
    return label.path("system").asText().endsWith("/v3-Confidentiality")
        && Set.of("R", "V").contains(label.path("code").asText());
  }

  private static Set<String> references(JsonNode element) {
    return Set.copyOf(element.findValuesAsText("reference"));
  }

  /// One reference or a list of them.
  private static Set<String> patients(JsonNode element) {
    return references(element).stream()
        .filter(reference -> reference.startsWith("Patient/"))
        .collect(toSet());
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  Collection<Stored> all(String type) {
    return byType.getOrDefault(type, Map.of()).values();
  }

  Stored get(String id) {
    var found = byType.getOrDefault(id.substring(0, id.indexOf('/')), Map.of()).get(id);
    if (found == null) {
      throw new IllegalArgumentException("There is no " + id);
    }
    return found;
  }

  List<Stored> of(String patient, String type) {
    return all(type).stream().filter(one -> one.owner.equals(Optional.of(patient))).toList();
  }

  /// What is asked for by id: one for each category that a scope can name, and a restricted one. Of
  /// the directory and of groups, one that the patient's record points at.
  List<Stored> samples(String patient, String type) {
    if (isDirectory(type) || isForServices(type)) {
      return referredTo(patient, type).limit(1).toList();
    }
    var categories = ScopeForm.categories(type);
    var byCategory = new LinkedHashMap<Set<String>, Stored>();
    for (var one : of(patient, type)) {
      var named = one.categories.stream().filter(categories::contains).collect(toSet());
      if (one.isRestricted) {
        named.add("restricted");
      }
      byCategory.putIfAbsent(named, one);
    }
    return new ArrayList<>(byCategory.values());
  }

  /// One that is restricted and one that is not, as far as there are.
  List<Stored> twoSamples(String patient, String type) {
    var byLabel = new TreeMap<Boolean, Stored>();
    samples(patient, type).forEach(one -> byLabel.putIfAbsent(one.isRestricted, one));
    return List.copyOf(byLabel.values());
  }

  private Stream<Stored> referredTo(String patient, String type) {
    var references =
        entryTypes().stream()
            .flatMap(entries -> of(patient, entries).stream())
            .flatMap(entry -> entry.references.stream())
            .collect(toSet());
    return all(type).stream().filter(one -> references.contains(one.id));
  }

  /// Every resource with its version, to see that nothing changed.
  Map<String, String> versions() {
    var versions = new TreeMap<String, String>();
    byType.values().forEach(all -> all.values().forEach(one -> versions.put(one.id, one.version)));
    return versions;
  }
}
