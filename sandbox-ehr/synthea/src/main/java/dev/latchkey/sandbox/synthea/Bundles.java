package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Writes transaction bundles of PUT entries and the index that says in which order to load them.
final class Bundles {

  private static final int MOST_ENTRIES = 500;

  private final Path folder;
  private final ObjectNode index = Json.MAPPER.createObjectNode();
  private final Map<String, Integer> types = new TreeMap<>();

  Bundles(Path folder, String source) {
    this.folder = folder;
    index.put("source", source);
    index.putArray("bundles");
  }

  /// Writes one bundle and returns its line of the index, for the caller to describe.
  ObjectNode write(String name, List<Entry> entries) throws IOException {
    if (entries.size() > MOST_ENTRIES) {
      throw new IllegalStateException(name + " has " + entries.size() + " entries");
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(bundle(entries));
    String file = name + ".json.gz";
    try (OutputStream out = new Gzip(Files.newOutputStream(folder.resolve(file)))) {
      out.write(json);
    }
    entries.forEach(entry -> types.merge(entry.type(), 1, Integer::sum));
    return ((ArrayNode) index.get("bundles"))
        .addObject()
        .put("file", file)
        .put("resources", entries.size())
        .put("sha256", sha256(json));
  }

  void writeIndex() throws IOException {
    index.put("resources", types.values().stream().mapToInt(Integer::intValue).sum());
    types.forEach(index.putObject("types")::put);
    String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(index);
    Files.writeString(
        folder.resolve("index.json"), text.replace("\r\n", "\n") + "\n", StandardCharsets.UTF_8);
  }

  private static ObjectNode bundle(List<Entry> entries) {
    ObjectNode bundle = Json.MAPPER.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode array = bundle.putArray("entry");
    for (Entry entry : entries) {
      ObjectNode item = array.addObject();
      item.set("resource", entry.resource());
      item.putObject("request").put("method", "PUT").put("url", entry.type() + "/" + entry.id());
    }
    return bundle;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The JDK writes no time into the header, so equal content gives equal bytes.
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
