package dev.latchkey.sandbox.synthea;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Chooses which resources of one patient stay. Variety wins over volume: the newest resource of
/// every code comes before the second newest of any, so a small record still shows everything that
/// ever happened.
final class Selection {

  /// The most resources of each group per patient; a group that isn't listed is dropped.
  private static final Map<String, Integer> LIMITS =
      Map.ofEntries(
          Map.entry("Patient", 1),
          Map.entry("Provenance", 1),
          Map.entry("Condition", 20),
          Map.entry("AllergyIntolerance", 8),
          Map.entry("MedicationRequest", 12),
          Map.entry("Immunization", 12),
          Map.entry("Procedure", 16),
          Map.entry("CarePlan", 3),
          Map.entry("DiagnosticReport", 12),
          Map.entry("DocumentReference", 6),
          Map.entry("Device", 2),
          Map.entry("Observation/laboratory", 60),
          Map.entry("Observation/vital-signs", 44),
          Map.entry("Observation/survey", 14),
          Map.entry("Observation/social-history", 4),
          Map.entry("Observation/procedure", 4),
          Map.entry("Observation/exam", 4));

  private static final int ENCOUNTERS = 16;

  private final List<Entry> all;
  private final Sensitivity sensitivity;
  private final Set<Entry> kept = new LinkedHashSet<>();

  private Selection(List<Entry> all, Sensitivity sensitivity) {
    this.all = all;
    this.sensitivity = sensitivity;
  }

  static List<Entry> of(List<Entry> all, Sensitivity sensitivity) {
    Selection selection = new Selection(all, sensitivity);
    selection.keep("DiagnosticReport");
    selection.keepTargetsOf("DiagnosticReport", "Observation");
    LIMITS.keySet().stream().sorted().forEach(selection::keep);
    selection.keepTargetsOf("CarePlan", "CareTeam");
    selection.keepEncounters();
    return List.copyOf(selection.kept);
  }

  private void keep(String group) {
    int room = LIMITS.get(group) - (int) kept.stream().filter(e -> e.group().equals(group)).count();
    byVariety(all.stream().filter(e -> e.group().equals(group) && !kept.contains(e)).toList())
        .stream()
        .limit(Math.max(0, room))
        .forEach(kept::add);
  }

  private void keepTargetsOf(String type, String targetType) {
    Set<String> targets = targets(kept.stream().filter(e -> e.type().equals(type)).toList());
    all.stream()
        .filter(e -> e.type().equals(targetType) && targets.contains(References.to(e.id())))
        .forEach(kept::add);
  }

  /// Only encounters that something kept belongs to.
  private void keepEncounters() {
    Set<String> targets = targets(kept);
    byVariety(
            all.stream()
                .filter(e -> e.type().equals("Encounter"))
                .filter(e -> targets.contains(References.to(e.id())))
                .toList())
        .stream()
        .limit(ENCOUNTERS)
        .forEach(kept::add);
  }

  private static Set<String> targets(Collection<Entry> entries) {
    return entries.stream().flatMap(e -> e.references().stream()).collect(Collectors.toSet());
  }

  private List<Entry> byVariety(List<Entry> candidates) {
    Map<String, Integer> seen = new HashMap<>();
    Map<Entry, Integer> rank = new HashMap<>();
    List<Entry> newestFirst = new ArrayList<>(candidates);
    newestFirst.sort(comparing(Entry::date, reverseOrder()).thenComparing(Entry::id));
    for (Entry entry : newestFirst) {
      rank.put(entry, seen.merge(entry.code(), 1, Integer::sum));
    }
    Set<Entry> sensitive = new HashSet<>();
    newestFirst.stream().filter(e -> !sensitivity.labelsOf(e).isEmpty()).forEach(sensitive::add);
    newestFirst.sort(
        comparingInt((Entry e) -> rank.get(e)).thenComparing(e -> !sensitive.contains(e)));
    return newestFirst;
  }
}
