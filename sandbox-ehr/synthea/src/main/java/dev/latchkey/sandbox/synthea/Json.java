package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// JSON trees, with numbers kept exactly as written.
final class Json {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  /// An object from a text in which single quotes stand for double quotes; `%s` are filled in.
  static ObjectNode object(String template, Object... values) {
    try {
      return (ObjectNode) MAPPER.readTree(template.formatted(values).replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(template, e);
    }
  }

  /// Visits every object below and including the node, parents first.
  static void visit(JsonNode node, Consumer<ObjectNode> visitor) {
    if (node instanceof ObjectNode object) {
      visitor.accept(object);
    }
    for (JsonNode child : node) {
      visit(child, visitor);
    }
  }
}
