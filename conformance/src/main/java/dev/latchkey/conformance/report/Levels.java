package dev.latchkey.conformance.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

/// How binding each requirement is: M must, S should, R United States certification (ONC g(10)), D
/// Latchkey's decision where the specification is silent, O optional.
///
/// @param byId read from the list of requirements (`docs/requirements.csv` of the repository)
public record Levels(Map<String, String> byId) {
  private static final String LIST = "requirements.csv";

  public Levels {
    byId = Map.copyOf(byId);
  }

  public static Levels read() {
    try (var list = Levels.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException(LIST + " is missing in this jar");
      }
      return new Levels(
          new String(list.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("\\|", -1))
              .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One letter.
  public String of(String id) {
    return byId.getOrDefault(id, "?");
  }
}
