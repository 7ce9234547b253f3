package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Puts `meta.security` labels on sensitive resources: by their own codes, by what their notes say,
/// and on everything that names a sensitive condition, observation or order as its reason or
/// result.
final class Sensitivity {

  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String CONFIDENTIALITY =
      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

  private static final Map<String, String> DISPLAY =
      Map.of(
          "PSY", "psychiatry disorder information sensitivity",
          "SUD", "substance use disorder information sensitivity",
          "ETH", "substance abuse information sensitivity",
          "SEX", "sexuality and reproductive health information sensitivity",
          "STD", "sexually transmitted disease information sensitivity",
          "HIV", "HIV/AIDS information sensitivity",
          "SDV", "sexual assault, abuse, or domestic violence information sensitivity");

  private static final Map<String, String> SYSTEM =
      Map.of(
          "snomed", "http://snomed.info/sct",
          "loinc", "http://loinc.org",
          "rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm",
          "note", "");

  private static final Set<String> SPREADING_TYPES =
      Set.of("Condition", "Observation", "MedicationRequest");

  private record Word(String label, String text) {}

  private final Map<String, String> labelOfCode = new HashMap<>();
  private final List<Word> words = new ArrayList<>();

  Sensitivity() {
    for (String line : table().lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] cells = line.split("\t", -1);
      labelOfCode.put(SYSTEM.get(cells[1]) + "|" + cells[2], cells[0]);
      if (!cells[3].isEmpty()) {
        words.add(new Word(cells[0], cells[3]));
      }
    }
  }

  /// The labels that the resource earns by itself.
  Set<String> labelsOf(Entry entry) {
    Set<String> labels = new TreeSet<>();
    Json.visit(
        entry.resource(),
        object -> {
          labelOf(object).ifPresent(labels::add);
          if (object.path("data").isTextual()) {
            labels.addAll(labelsOfNote(object.path("data").asText()));
          }
        });
    return labels;
  }

  /// Labels the whole record.
  void label(List<Entry> record) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (Entry entry : record) {
      labels.put(entry.id(), labelsOf(entry));
    }
    Map<String, Set<String>> reasons = new HashMap<>();
    for (Entry entry : record) {
      if (SPREADING_TYPES.contains(entry.type())) {
        reasons.put(References.to(entry.id()), labels.get(entry.id()));
      }
    }
    for (Entry entry : record) {
      Set<String> own = new TreeSet<>(labels.get(entry.id()));
      entry.references().forEach(target -> own.addAll(reasons.getOrDefault(target, Set.of())));
      if (!own.isEmpty()) {
        write(entry.resource(), own);
      }
    }
  }

  private Optional<String> labelOf(ObjectNode object) {
    String medicine = object.path("reference").asText();
    String key =
        medicine.startsWith(Directory.MEDICATION)
            ? SYSTEM.get("rxnorm") + "|" + medicine.substring(Directory.MEDICATION.length())
            : object.path("system").asText() + "|" + object.path("code").asText();
    return Optional.ofNullable(labelOfCode.get(key));
  }

  private static void write(ObjectNode resource, Set<String> labels) {
    ArrayNode security = resource.withObject("/meta").putArray("security");
    security
        .addObject()
        .put("system", CONFIDENTIALITY)
        .put("code", "R")
        .put("display", "restricted");
    for (String label : labels) {
      security
          .addObject()
          .put("system", ACT_CODE)
          .put("code", label)
          .put("display", DISPLAY.get(label));
    }
  }

  private List<String> labelsOfNote(String base64) {
    String note =
        new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).toLowerCase();
    return words.stream().filter(word -> note.contains(word.text())).map(Word::label).toList();
  }

  private static String table() {
    try (InputStream in = Sensitivity.class.getResourceAsStream("sensitive.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
