package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads Synthea's output and writes the sandbox's patients: `Trim <synthea fhir folder> <output
/// folder> <source>`.
public final class Trim {

  private static final String TODAY = "2026-11-01";

  private Trim() {}

  /// Runs the whole thing and prints one line.
  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path output = Path.of(arguments[1]);
    Sensitivity sensitivity = new Sensitivity();
    Directory directory = new Directory(readDirectory(source));
    List<List<Entry>> records = new ArrayList<>();
    for (Cast.Member member : Cast.MEMBERS) {
      records.add(record(source, member, sensitivity, directory));
    }
    List<Entry> shared = directory.neededBy(records.stream().flatMap(List::stream).toList());
    References names = directory.name(shared);
    shared.forEach(entry -> names.rewrite(entry.resource()));
    empty(output);
    Bundles bundles = new Bundles(output, arguments[2]);
    bundles.write("shared", shared);
    for (int i = 0; i < records.size(); i++) {
      Cast.Member member = Cast.MEMBERS.get(i);
      List<Entry> record = finish(records.get(i), member, names);
      describe(bundles.write(member.id(), record), member, record);
    }
    bundles.writeIndex();
    System.out.println("Wrote " + (records.size() + 1) + " bundles to " + output.normalize());
  }

  private static List<JsonNode> readDirectory(Path source) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(source, "*Information*.json")) {
      found.forEach(files::add);
    }
    files.sort(Comparator.comparing(Path::toString));
    List<JsonNode> bundles = new ArrayList<>();
    for (Path file : files) {
      bundles.add(Json.read(file));
    }
    return bundles;
  }

  private static List<Entry> record(
      Path source, Cast.Member member, Sensitivity sensitivity, Directory directory)
      throws IOException {
    List<Entry> all = new ArrayList<>();
    for (JsonNode entry : Json.read(source.resolve(member.syntheaId() + ".json")).path("entry")) {
      all.add(new Entry((ObjectNode) entry.path("resource")));
    }
    Cleaning.clean(all);
    directory.addMedications(all);
    List<Entry> record = new ArrayList<>(Selection.of(all, sensitivity));
    boolean sensitive = record.stream().anyMatch(e -> !sensitivity.labelsOf(e).isEmpty());
    record.addAll(Additions.to(record, member, sensitive, TODAY));
    sensitivity.label(record);
    return record;
  }

  /// Sorts the record by type and date, numbers it, and makes its references relative.
  private static List<Entry> finish(List<Entry> record, Cast.Member member, References shared) {
    List<Entry> sorted =
        record.stream()
            .sorted(
                Comparator.comparing((Entry e) -> !e.type().equals("Patient"))
                    .thenComparing(Entry::type)
                    .thenComparing(Entry::date)
                    .thenComparing(Entry::id))
            .toList();
    References names = new References();
    names.putAll(shared);
    Map<String, Integer> numbers = new HashMap<>();
    for (Entry entry : sorted) {
      String old = entry.id();
      int number = numbers.merge(entry.type(), 1, Integer::sum);
      entry.resource().put("id", name(entry, member, number));
      names.put(References.to(old), entry.type() + "/" + entry.id());
    }
    sorted.forEach(entry -> names.rewrite(entry.resource()));
    return sorted;
  }

  private static String name(Entry entry, Cast.Member member, int number) {
    return switch (entry.type()) {
      case "Patient" -> member.id();
      case "RelatedPerson" -> entry.id();
      default -> {
        String kebab = entry.type().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase();
        yield "%s-%s-%03d".formatted(member.id(), kebab, number);
      }
    };
  }

  private static void describe(ObjectNode line, Cast.Member member, List<Entry> record) {
    JsonNode patient = record.getFirst().resource();
    JsonNode name = patient.at("/name/0");
    line.put("patient", member.id())
        .put("name", name.at("/given/0").asText() + " " + name.path("family").asText())
        .put("birthDate", patient.path("birthDate").asText())
        .put("gender", patient.path("gender").asText());
  }

  private static void empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.filter(f -> f.toString().endsWith(".json.gz")).toList()) {
        Files.delete(file);
      }
    }
  }
}
