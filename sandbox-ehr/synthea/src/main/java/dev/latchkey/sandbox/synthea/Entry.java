package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// One resource of a record, and the few facts about it that the rules look at.
final class Entry {

  private static final List<String> DATES =
      List.of(
          "/effectiveDateTime",
          "/effectivePeriod/start",
          "/performedPeriod/start",
          "/performedDateTime",
          "/authoredOn",
          "/onsetDateTime",
          "/recordedDate",
          "/occurrenceDateTime",
          "/period/start",
          "/whenHandedOver",
          "/recorded",
          "/date",
          "/manufactureDate");

  private static final List<String> CODES =
      List.of(
          "/code", "/medicationCodeableConcept", "/vaccineCode", "/type/0", "/type", "/category/1");

  private final ObjectNode resource;

  Entry(ObjectNode resource) {
    this.resource = resource;
  }

  ObjectNode resource() {
    return resource;
  }

  String type() {
    return resource.path("resourceType").asText();
  }

  String id() {
    return resource.path("id").asText();
  }

  /// ISO 8601 text in UTC, empty when the resource has no date.
  String date() {
    return firstText(DATES, "");
  }

  String code() {
    String medication = resource.at("/medicationReference/reference").asText();
    return firstText(CODES.stream().map(path -> path + "/coding/0/code").toList(), medication);
  }

  /// The group that shares one limit: the type, and for observations the category as well.
  String group() {
    return type().equals("Observation")
        ? "Observation/" + resource.at("/category/0/coding/0/code").asText()
        : type();
  }

  List<String> references() {
    List<String> found = new ArrayList<>();
    Json.visit(
        resource,
        object -> {
          if (object.path("reference").isTextual()) {
            found.add(object.path("reference").asText());
          }
        });
    return found;
  }

  private String firstText(List<String> pointers, String otherwise) {
    return pointers.stream()
        .map(resource::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst()
        .orElse(otherwise);
  }
}
