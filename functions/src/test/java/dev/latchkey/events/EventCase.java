package dev.latchkey.events;

import dev.latchkey.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// One event of the folder `events` and the answer that it has to get.
///
/// @param function the folder, such as `token`
/// @param name the file without its ending, such as `refresh-rotates`
/// @param folder where both files are
public record EventCase(String function, String name, Path folder) {
  private static final String EVENT = ".json";
  private static final String EXPECTED = ".expected.json";

  /// Every event there is, by function and name.
  public static List<EventCase> all() {
    return files().stream()
        .filter(file -> !file.toString().endsWith(EXPECTED))
        .filter(file -> file.toString().endsWith(EVENT))
        .map(EventCase::of)
        .sorted(Comparator.comparing(EventCase::toString))
        .toList();
  }

  /// One event, such as `token/refresh-rotates`.
  static EventCase named(String name) {
    return all().stream().filter(event -> event.toString().equals(name)).findFirst().orElseThrow();
  }

  /// Every file below a function's folder, whatever it is.
  public static List<Path> files() {
    try (var files = Files.walk(root())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.equals(root().resolve("README.md")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path eventFile() {
    return folder.resolve(name + EVENT);
  }

  public Path expectedFile() {
    return folder.resolve(name + EXPECTED);
  }

  public Map<String, Object> event() {
    return read(eventFile());
  }

  public Map<String, Object> expected() {
    return read(expectedFile());
  }

  private static EventCase of(Path file) {
    var function = root().relativize(file).getName(0).toString();
    var folder = root().resolve(function);
    var name = folder.relativize(file).toString();
    return new EventCase(function, name.substring(0, name.length() - EVENT.length()), folder);
  }

  private static Map<String, Object> read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Json.readObject(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  /// Maven runs the tests in the module's own folder, which lies beside `events`.
  private static Path root() {
    return Path.of("..", "events").toAbsolutePath().normalize();
  }

  @Override
  public String toString() {
    return function + "/" + name;
  }
}
