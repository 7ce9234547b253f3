package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Organizations, locations, practitioners with their roles, and medicines: the part that the
/// records share.
final class Directory {

  /// Starts the reference to a shared medicine; its RxNorm code follows.
  static final String MEDICATION = "Medication?code=";

  static final String HEALTH_PLAN = "health-plan";
  static final String SENIOR_PLAN = "senior-plan";

  private static final List<String> TYPES =
      List.of("Organization", "Location", "Practitioner", "PractitionerRole", "Medication");
  private static final String SYNTHEA = "https://github.com/synthetichealth/synthea";
  private static final String NPI = "http://hl7.org/fhir/sid/us-npi";

  /// By the conditional reference under which Synthea's records name them.
  private final Map<String, ObjectNode> bySearch = new TreeMap<>();

  Directory(Collection<JsonNode> bundles) {
    for (JsonNode bundle : bundles) {
      for (JsonNode entry : bundle.path("entry")) {
        add((ObjectNode) entry.path("resource"));
      }
    }
    payer(HEALTH_PLAN, "Harborlight Health Plan (synthetic)");
    payer(SENIOR_PLAN, "Stillwater Senior Plan (synthetic)");
  }

  private void add(ObjectNode resource) {
    String type = resource.path("resourceType").asText();
    resource.remove("extension");
    resource.remove("position");
    if (!type.equals("Practitioner")) {
      resource.remove("telecom"); // the telephone numbers of the clinics are real ones
    }
    String search =
        type.equals("PractitionerRole")
            ? "PractitionerRole?" + resource.at("/practitioner/identifier/value").asText()
            : search(type, resource.at("/identifier/0"));
    bySearch.put(search, resource);
    Json.visit(resource, Directory::literal);
  }

  /// Takes over the medicines that a record describes, one for each RxNorm code.
  void addMedications(List<Entry> record) {
    for (Entry entry : record) {
      if (entry.type().equals("Medication")) {
        bySearch.putIfAbsent(MEDICATION + entry.code(), entry.resource());
      }
    }
  }

  private void payer(String id, String name) {
    bySearch.put(
        id,
        Json.object(
            """
            {'resourceType': 'Organization', 'id': '%s',
             'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-organization']},
             'active': true, 'name': '%s',
             'type': [{'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/organization-type', 'code': 'pay',
               'display': 'Payer'}]}]}
            """,
            id, name));
  }

  /// A reference by identifier becomes the conditional reference of the same resource.
  private static void literal(ObjectNode object) {
    for (String field :
        List.of("managingOrganization", "practitioner", "organization", "location")) {
      JsonNode value = object.path(field);
      for (JsonNode reference : value.isArray() ? value : List.of(value)) {
        JsonNode identifier = reference.path("identifier");
        if (reference instanceof ObjectNode target && identifier.isObject()) {
          target.remove("identifier");
          target.put("reference", search(targetType(field), identifier));
        }
      }
    }
  }

  private static String targetType(String field) {
    return switch (field) {
      case "practitioner" -> "Practitioner";
      case "location" -> "Location";
      default -> "Organization";
    };
  }

  private static String search(String type, JsonNode identifier) {
    String system = type.equals("Practitioner") ? NPI : SYNTHEA;
    return type + "?identifier=" + system + "|" + identifier.path("value").asText();
  }

  /// The entries that the records need, directly or through a role, in the order they must be
  /// loaded.
  List<Entry> neededBy(Collection<Entry> records) {
    Set<String> needed = new TreeSet<>();
    records.forEach(entry -> needed.addAll(shared(entry)));
    List<String> open = new ArrayList<>(needed);
    while (!open.isEmpty()) {
      String search = open.removeLast();
      List<String> further = new ArrayList<>(shared(new Entry(get(search))));
      String role = search.replace("Practitioner?identifier=" + NPI + "|", "PractitionerRole?");
      if (!role.equals(search)) {
        further.add(role);
      }
      further.stream().filter(needed::add).forEach(open::add);
    }
    return TYPES.stream()
        .flatMap(type -> needed.stream().filter(search -> typeOf(search).equals(type)))
        .map(search -> new Entry(get(search)))
        .toList();
  }

  /// Gives readable ids and returns how to name the shared resources from now on.
  References name(List<Entry> shared) {
    Map<ObjectNode, String> search = new IdentityHashMap<>();
    bySearch.forEach((key, resource) -> search.put(resource, key));
    References references = new References();
    Map<String, Integer> taken = new LinkedHashMap<>();
    for (Entry entry : shared) {
      String key = search.get(entry.resource());
      String slug = slug(entry.resource());
      int count = taken.merge(entry.type() + "/" + slug, 1, Integer::sum);
      entry.resource().put("id", count == 1 ? slug : slug + "-" + count);
      references.put(key, entry.type() + "/" + entry.id());
    }
    return references;
  }

  private static List<String> shared(Entry entry) {
    return entry.references().stream()
        .filter(r -> r.contains("?") || r.equals(HEALTH_PLAN) || r.equals(SENIOR_PLAN))
        .toList();
  }

  private ObjectNode get(String search) {
    ObjectNode resource = bySearch.get(search);
    if (resource == null) {
      throw new IllegalStateException("Synthea names " + search + " and doesn't describe it");
    }
    return resource;
  }

  private String typeOf(String search) {
    return get(search).path("resourceType").asText();
  }

  private static String slug(ObjectNode resource) {
    String name =
        switch (resource.path("resourceType").asText()) {
          case "Practitioner" ->
              resource.at("/name/0/given/0").asText()
                  + "-"
                  + resource.at("/name/0/family").asText();
          case "PractitionerRole" ->
              resource.at("/practitioner/display").asText().replace("Dr.", "");
          case "Medication" -> resource.at("/code/text").asText();
          default -> resource.path("name").asText();
        };
    String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD);
    String slug =
        plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z -]", "").strip().replaceAll("[ -]+", "-");
    return slug.length() <= 48 ? slug : slug.substring(0, 48).replaceAll("-[^-]*$", "");
  }
}
