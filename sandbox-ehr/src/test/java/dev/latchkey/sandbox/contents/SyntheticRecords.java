package dev.latchkey.sandbox.contents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// The committed records, read as they are.
final class SyntheticRecords {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final SandboxFiles FILES = new SandboxFiles(MAPPER, URI.create("http://localhost:8080"));
  static final SyntheticData DATA = FILES.data();

  /// File name, then `Type/id`, then the resource.
  static final Map<String, Map<String, JsonNode>> RECORDS = read();

  /// `Type/id`, then the resource.
  static final Map<String, JsonNode> ALL = all();

  private SyntheticRecords() {}

  private static Map<String, Map<String, JsonNode>> read() {
    var records = new LinkedHashMap<String, Map<String, JsonNode>>();
    for (var bundle : DATA.bundles()) {
      var record = new LinkedHashMap<String, JsonNode>();
      for (JsonNode entry : tree(bundle.file()).path("entry")) {
        record.put(entry.at("/request/url").asText(), entry.path("resource"));
      }
      records.put(bundle.file(), record);
    }
    return records;
  }

  private static Map<String, JsonNode> all() {
    var all = new HashMap<String, JsonNode>();
    RECORDS.values().forEach(all::putAll);
    return all;
  }

  /// A bundle as it is in the jar, unzipped.
  static byte[] json(String file) {
    try (InputStream in = SyntheticRecords.class.getResourceAsStream("/synthea/" + file);
        var unzipped = new GZIPInputStream(Objects.requireNonNull(in, file))) {
      return unzipped.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String file) {
    try {
      return MAPPER.readTree(json(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> patients() {
    return ofType("Patient");
  }

  static List<JsonNode> ofType(String type) {
    return ALL.values().stream().filter(r -> r.path("resourceType").asText().equals(type)).toList();
  }

  static List<String> securityCodes(JsonNode resource) {
    var codes = new ArrayList<String>();
    resource.at("/meta/security").forEach(label -> codes.add(label.path("code").asText()));
    return codes;
  }

  /// `Type/id`.
  static String name(JsonNode resource) {
    return resource.path("resourceType").asText() + "/" + resource.path("id").asText();
  }

  /// A node, and all below it.
  static void visit(JsonNode node, Consumer<JsonNode> visitor) {
    visitor.accept(node);
    node.forEach(child -> visit(child, visitor));
  }
}
