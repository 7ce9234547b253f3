package dev.latchkey.sandbox.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A SAM template as plain maps, lists and strings.
///
/// A short tag becomes its long form, `!GetAtt A.B` becomes `{Fn::GetAtt: A.B}`. Every scalar stays
/// the text that was written: the gateway reads names and paths only.
final class Template {
  private final Map<?, ?> root;

  private Template(Map<?, ?> root) {
    this.root = root;
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException when it is no YAML mapping
  static Template parse(String yaml) {
    var node =
        new Compose(LoadSettings.builder().setLabel("template.yaml").build()).composeString(yaml);
    return node.map(Template::value)
        .flatMap(
            value ->
                value instanceof Map<?, ?> map ? Optional.of(new Template(map)) : Optional.empty())
        .orElseThrow(() -> new IllegalArgumentException("template.yaml is not a template"));
  }

  /// The resources of one type by logical id, as written.
  Map<String, Map<?, ?>> resources(String type) {
    var found = new LinkedHashMap<String, Map<?, ?>>();
    section(root, "Resources")
        .forEach(
            (id, resource) -> {
              if (resource instanceof Map<?, ?> map && type.equals(map.get("Type"))) {
                found.put(String.valueOf(id), section(map, "Properties"));
              }
            });
    return found;
  }

  static Map<?, ?> section(Map<?, ?> parent, String name) {
    return parent.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  /// A member that must be plain text.
  ///
  /// @param where what to name in the message
  /// @throws IllegalArgumentException when it is missing or is an intrinsic function
  static String text(Map<?, ?> parent, String name, String where) {
    if (parent.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "template.yaml: " + where + " needs " + name + " as plain text for the local gateway");
  }

  private static Object value(Node node) {
    var plain = untagged(node);
    var tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return plain;
    }
    var name = tag.substring(1);
    return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, plain);
  }

  private static Object untagged(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        var map = new LinkedHashMap<String, Object>();
        mapping
            .getValue()
            .forEach(entry -> map.put(key(entry.getKeyNode()), value(entry.getValueNode())));
        yield map;
      }
      case SequenceNode sequence ->
          (Object) sequence.getValue().stream().map(Template::value).toList();
      case ScalarNode scalar -> scalar.getValue();
      default -> throw new IllegalArgumentException("template.yaml: " + node.getNodeType());
    };
  }

  private static String key(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.toString();
  }
}
