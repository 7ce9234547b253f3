package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns Synthea's references into relative ones and takes out those whose target was trimmed away.
final class References {

  private final Map<String, String> finalName = new HashMap<>();

  /// The reference by which Synthea's resources name each other inside a record.
  static String to(String id) {
    return "urn:uuid:" + id;
  }

  void put(String syntheaReference, String relativeReference) {
    finalName.put(syntheaReference, relativeReference);
  }

  void putAll(References others) {
    finalName.putAll(others.finalName);
  }

  Set<String> known() {
    return Set.copyOf(finalName.keySet());
  }

  String get(String syntheaReference) {
    String name = finalName.get(syntheaReference);
    if (name == null) {
      throw new IllegalStateException("No target for " + syntheaReference);
    }
    return name;
  }

  void rewrite(JsonNode node) {
    if (node instanceof ObjectNode object) {
      rewriteObject(object);
    } else if (node instanceof ArrayNode array) {
      rewriteArray(array);
    }
  }

  private void rewriteObject(ObjectNode object) {
    if (object.path("reference").isTextual()) {
      object.put("reference", get(object.path("reference").asText()));
    }
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      JsonNode value = object.path(field);
      if (isLost(value)) {
        object.remove(field);
        continue;
      }
      rewrite(value);
      if (value.isContainerNode() && value.isEmpty()) {
        object.remove(field);
      }
    }
  }

  private void rewriteArray(ArrayNode array) {
    for (int i = array.size() - 1; i >= 0; i--) {
      if (isLost(array.get(i))) {
        array.remove(i);
      } else {
        rewrite(array.get(i));
      }
    }
  }

  private boolean isLost(JsonNode node) {
    return node.path("reference").isTextual()
        && !finalName.containsKey(node.path("reference").asText());
  }
}
