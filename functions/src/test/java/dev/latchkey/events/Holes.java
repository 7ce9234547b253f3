package dev.latchkey.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares an answer with an expected one that has holes: `${json-unit.any-string}` stands for any
/// text that is not empty, `${json-unit.regex}` for a text that the rest of the value matches as a
/// regular expression. Everything else has to be equal, and nothing may be added or left out.
final class Holes {
  private static final String ANY_STRING = "${json-unit.any-string}";
  private static final String REGEX = "${json-unit.regex}";

  private final List<String> differences = new ArrayList<>();

  private Holes() {}

  /// What differs, one line each; empty when nothing does.
  static List<String> differences(Object expected, Object actual) {
    var holes = new Holes();
    holes.compare("answer", expected, actual);
    return holes.differences;
  }

  private void compare(String at, @Nullable Object expected, @Nullable Object actual) {
    switch (expected) {
      case Map<?, ?> wanted when actual instanceof Map<?, ?> found ->
          compareMaps(at, wanted, found);
      case List<?> wanted when actual instanceof List<?> found -> compareLists(at, wanted, found);
      case String hole when hole.equals(ANY_STRING) ->
          expect(actual instanceof String text && !text.isEmpty(), at, hole, actual);
      case String hole when hole.startsWith(REGEX) ->
          expect(
              actual instanceof String text
                  && Pattern.compile(hole.substring(REGEX.length()), Pattern.DOTALL)
                      .matcher(text)
                      .matches(),
              at,
              hole,
              actual);
      case null -> expect(actual == null, at, null, actual);
      default -> expect(expected.equals(actual), at, expected, actual);
    }
  }

  private void compareMaps(String at, Map<?, ?> expected, Map<?, ?> actual) {
    var names = new TreeSet<String>();
    expected.keySet().forEach(name -> names.add(String.valueOf(name)));
    actual.keySet().forEach(name -> names.add(String.valueOf(name)));
    for (var name : names) {
      compare(at + "." + name, expected.get(name), actual.get(name));
    }
  }

  private void compareLists(String at, List<?> expected, List<?> actual) {
    expect(expected.size() == actual.size(), at, expected, actual);
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      compare(at + "[" + i + "]", expected.get(i), actual.get(i));
    }
  }

  private void expect(
      boolean holds, String at, @Nullable Object expected, @Nullable Object actual) {
    if (!holds) {
      differences.add(at + ": expected " + expected + " but got " + actual);
    }
  }
}
