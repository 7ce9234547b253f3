package dev.latchkey.scope;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The categories by which a part of a resource type can be shared: those of the US rule (HTI-1)
/// and of US Core 6.1 and 7.0, "SMART Scopes", each with the one code system that gives it its
/// meaning.
///
/// The list is closed. A scope whose code is not in it could not be explained to a patient.
public enum RecordCategory {
  ENCOUNTER_DIAGNOSIS(
      RecordType.CONDITION,
      Systems.CONDITION,
      "encounter-diagnosis",
      "Diagnoses from visits",
      "Diagnósticos de consultas"),
  PROBLEM_LIST_ITEM(
      RecordType.CONDITION,
      Systems.CONDITION,
      "problem-list-item",
      "Ongoing health problems",
      "Problemas de salud en curso"),
  HEALTH_CONCERN(
      RecordType.CONDITION,
      Systems.US_CORE_CONDITION,
      "health-concern",
      "Health concerns",
      "Preocupaciones de salud"),
  CLINICAL_NOTE(
      RecordType.DOCUMENT_REFERENCE,
      Systems.US_CORE_DOCUMENT,
      "clinical-note",
      "Clinical notes",
      "Notas clínicas"),
  LABORATORY(
      RecordType.OBSERVATION,
      Systems.OBSERVATION,
      "laboratory",
      "Lab results",
      "Resultados de laboratorio"),
  SOCIAL_HISTORY(
      RecordType.OBSERVATION,
      Systems.OBSERVATION,
      "social-history",
      "Social history",
      "Antecedentes sociales"),
  SDOH(RecordType.OBSERVATION, Systems.US_CORE, "sdoh", "Living conditions", "Condiciones de vida"),
  SURVEY(
      RecordType.OBSERVATION,
      Systems.OBSERVATION,
      "survey",
      "Answers to questionnaires",
      "Respuestas a cuestionarios"),
  VITAL_SIGNS(
      RecordType.OBSERVATION, Systems.OBSERVATION, "vital-signs", "Vital signs", "Signos vitales"),
  /// What the US rule calls clinical tests.
  PROCEDURE(
      RecordType.OBSERVATION,
      Systems.OBSERVATION,
      "procedure",
      "Results of clinical tests",
      "Resultados de pruebas clínicas");

  private static final Map<String, RecordCategory> BY_TOKEN =
      Arrays.stream(values()).collect(Collectors.toMap(RecordCategory::token, one -> one));

  private final RecordType type;
  private final String system;
  private final String code;
  private final String english;
  private final String spanish;

  RecordCategory(RecordType type, String system, String code, String english, String spanish) {
    this.type = type;
    this.system = system;
    this.code = code;
    this.english = english;
    this.spanish = spanish;
  }

  /// Whether it often holds what people tell only few: habits, housing, violence, answers about
  /// their mood. A patient is not to share it by not looking.
  public boolean isSensitive() {
    return switch (this) {
      case SOCIAL_HISTORY, SDOH, SURVEY -> true;
      default -> false;
    };
  }

  public RecordType type() {
    return type;
  }

  public String system() {
    return system;
  }

  public String code() {
    return code;
  }

  /// As in a search and in a scope: `system|code`.
  public String token() {
    return system + "|" + code;
  }

  /// For the consent page.
  public String plainName(Language language) {
    return new Phrase(english, spanish).in(language);
  }

  public static Optional<RecordCategory> of(RecordType type, String token) {
    return Optional.ofNullable(BY_TOKEN.get(token)).filter(category -> category.type == type);
  }

  /// The categories of a type, none for most types.
  public static List<RecordCategory> of(RecordType type) {
    return Arrays.stream(values()).filter(category -> category.type == type).toList();
  }

  private static final class Systems {
    static final String OBSERVATION = "http://terminology.hl7.org/CodeSystem/observation-category";
    static final String CONDITION = "http://terminology.hl7.org/CodeSystem/condition-category";
    static final String US_CORE = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";
    static final String US_CORE_CONDITION =
        "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
    static final String US_CORE_DOCUMENT =
        "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
  }
}
