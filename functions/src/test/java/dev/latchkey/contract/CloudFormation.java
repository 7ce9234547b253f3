package dev.latchkey.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A CloudFormation template of this repository, read so that tests create what production creates.
///
/// Scalars are strings. An intrinsic function (`!Ref`, `!Sub`) is read as its argument.
///
/// @param resources properties by logical id
/// @param everyFunction what holds for each function of the template (SAM, `Globals`)
public record CloudFormation(
    Map<String, Map<String, Object>> resources, Map<String, Object> everyFunction) {
  private static final Map<String, CloudFormation> READ = new ConcurrentHashMap<>();

  /// A template by its path below the repository, such as `infra/tables.yaml`, read once.
  public static CloudFormation read(String path) {
    return READ.computeIfAbsent(path, CloudFormation::parsed);
  }

  /// Several templates as one.
  ///
  /// @throws IllegalArgumentException when two of them use one logical id, since a test that finds
  ///   one of the two would look at it for both
  public static CloudFormation read(List<String> paths) {
    var all = new LinkedHashMap<String, Map<String, Object>>();
    for (var path : paths) {
      read(path).resources().forEach((id, properties) -> putNew(all, id, properties, path));
    }
    return new CloudFormation(all, Map.of());
  }

  private static <T> void putNew(Map<String, T> map, String name, T value, String where) {
    if (map.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(where + " has another " + name);
    }
  }

  private static CloudFormation parsed(String path) {
    var settings = LoadSettings.builder().setLabel(path).build();
    var root = map(value(path, new Compose(settings).composeString(text(path)).orElseThrow()));
    var resources = new LinkedHashMap<String, Map<String, Object>>();
    map(root.get("Resources"))
        .forEach((id, resource) -> resources.put(id, map(map(resource).get("Properties"))));
    var globals = map(root.getOrDefault("Globals", Map.of()));
    return new CloudFormation(resources, map(globals.getOrDefault("Function", Map.of())));
  }

  public Map<String, Object> properties(String logicalId) {
    return map(resources.get(logicalId));
  }

  /// A list of maps inside properties; empty when there is none.
  public static List<Map<String, Object>> maps(Map<String, Object> properties, String name) {
    var list = properties.get(name);
    return list == null ? List.of() : ((List<?>) list).stream().map(CloudFormation::map).toList();
  }

  private static String text(String path) {
    try {
      return Files.readString(repository().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Maven runs each module's tests in the module's own folder.
  private static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("infra/tables.yaml")))
        .findFirst()
        .orElseThrow();
  }

  private static Object value(String path, Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        Map<String, Object> map = new LinkedHashMap<>();
        mapping
            .getValue()
            .forEach(
                entry ->
                    putNew(
                        map,
                        ((ScalarNode) entry.getKeyNode()).getValue(),
                        value(path, entry.getValueNode()),
                        path));
        yield map;
      }
      case SequenceNode sequence ->
          sequence.getValue().stream().map(element -> value(path, element)).toList();
      case ScalarNode scalar -> scalar.getValue();
      default -> throw new IllegalArgumentException("Unexpected YAML: " + node.getTag());
    };
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("The template has no map where one is needed");
  }
}
