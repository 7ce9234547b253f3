package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Removes what a sandbox doesn't need and what no record should hand out: numbers of identity
/// papers, narrative, generator statistics. Also corrects what Synthea leaves out: problem-list
/// items.
final class Cleaning {

  private static final Set<String> PAPERS = Set.of("SS", "DL", "PPN");
  private static final Set<String> PROVEN =
      Set.of("Patient", "AllergyIntolerance", "Immunization", "DocumentReference");
  private static final Set<String> PATIENT_EXTENSIONS =
      Set.of("us-core-race", "us-core-ethnicity", "us-core-birthsex");
  private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";
  private static final String US_CORE_CATEGORY =
      "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
  private static final String PROBLEM_PROFILE =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition-problems-health-concerns";

  private Cleaning() {}

  static void clean(List<Entry> record) {
    Map<String, ObjectNode> medications = new HashMap<>();
    Map<String, String> typeOf = new HashMap<>();
    for (Entry entry : record) {
      typeOf.put(References.to(entry.id()), entry.type());
      if (entry.type().equals("Medication")) {
        medications.put(References.to(entry.id()), entry.resource());
      }
    }
    for (Entry entry : record) {
      ObjectNode resource = entry.resource();
      if (!entry.type().equals("CarePlan")) { // US Core asks for the text of a care plan
        resource.remove("text");
      }
      switch (entry.type()) {
        case "Patient" -> patient(resource);
        case "Condition" -> condition(resource);
        case "MedicationRequest" -> shareMedication(resource, medications);
        case "Provenance" -> provenance(resource, typeOf);
        case "DocumentReference" -> resource.remove("identifier");
        default -> {}
      }
      Json.visit(resource, Cleaning::note);
    }
  }

  private static void patient(ObjectNode patient) {
    removeIf(patient, "identifier", i -> PAPERS.contains(i.at("/type/coding/0/code").asText()));
    removeIf(
        patient,
        "extension",
        e -> PATIENT_EXTENSIONS.stream().noneMatch(name -> e.path("url").asText().endsWith(name)));
    removeIf(patient, "name", n -> n.path("use").asText().equals("maiden"));
    patient.path("address").forEach(address -> ((ObjectNode) address).remove("extension"));
  }

  /// Synthea calls every condition an encounter diagnosis. An active disorder belongs on the
  /// problem list, an active finding about how the patient lives is a health concern.
  private static void condition(ObjectNode condition) {
    if (!condition.at("/clinicalStatus/coding/0/code").asText().equals("active")) {
      return;
    }
    boolean concern = condition.at("/code/text").asText().matches(".*\\((finding|person)\\)");
    condition.withObject("/meta").putArray("profile").add(PROBLEM_PROFILE);
    ArrayNode coding = condition.putArray("category").addObject().putArray("coding");
    if (concern) {
      coding.addObject().put("system", US_CORE_CATEGORY).put("code", "health-concern");
    } else {
      coding.addObject().put("system", CATEGORY).put("code", "problem-list-item");
    }
  }

  /// A medicine that Synthea describes apart belongs to the shared part: a resource of its own per
  /// patient would tell everybody who takes what.
  private static void shareMedication(ObjectNode order, Map<String, ObjectNode> medications) {
    if (order.path("medicationReference") instanceof ObjectNode reference) {
      ObjectNode medication = medications.get(reference.path("reference").asText());
      reference.put(
          "reference", Directory.MEDICATION + medication.at("/code/coding/0/code").asText());
      reference.put("display", medication.at("/code/text").asText());
    }
  }

  private static void provenance(ObjectNode provenance, Map<String, String> typeOf) {
    removeIf(
        provenance,
        "target",
        t -> !PROVEN.contains(typeOf.getOrDefault(t.path("reference").asText(), "")));
  }

  /// Notes end with facts that this data set contradicts (insurance) or that nobody should have to
  /// share with a demo.
  private static void note(ObjectNode attachment) {
    if (attachment.path("data").isTextual()) {
      String note = text(attachment.path("data").asText());
      String shorter =
          note.replaceAll("(?m)^ ?Patient (currently has|identifies as|comes from) .*\\R", "")
              .replaceAll("(?m)^ +", "")
              .replaceAll("\\R{3,}", "\n\n")
              .strip();
      attachment.put(
          "data",
          Base64.getEncoder().encodeToString((shorter + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static void removeIf(
      ObjectNode object, String field, java.util.function.Predicate<JsonNode> unwanted) {
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (JsonNode item : object.path(field)) {
      if (!unwanted.test(item)) {
        kept.add(item);
      }
    }
    object.set(field, kept);
  }
}
