package dev.latchkey.aws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The part of DynamoDB's expression language that the families' stores use. Anything else is an
/// error, so that no condition is ever read as less than it says.
final class Expressions {
  private static final Pattern TOKEN = Pattern.compile("[#:]?\\w+|\\S");
  private static final Map<String, Condition> CONDITIONS = new ConcurrentHashMap<>();
  private static final Map<String, Change> CHANGES = new ConcurrentHashMap<>();

  private final String text;
  private final Deque<String> tokens;

  private Expressions(String text) {
    this.text = text;
    tokens = new ArrayDeque<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
  }

  /// What the placeholders of a request stand for.
  record Bindings(Map<String, String> names, Map<String, AttributeValue> values) {
    private String name(String operand) {
      return operand.startsWith("#") ? bound(names.get(operand), operand) : operand;
    }

    private @Nullable AttributeValue value(String operand, Map<String, AttributeValue> item) {
      return operand.startsWith(":")
          ? bound(values.get(operand), operand)
          : item.get(name(operand));
    }

    private static <T> T bound(@Nullable T meaning, String placeholder) {
      if (meaning == null) {
        throw new IllegalArgumentException("Nothing is bound to " + placeholder);
      }
      return meaning;
    }
  }

  interface Condition {
    boolean holds(Map<String, AttributeValue> item, Bindings bindings);
  }

  interface Change {
    /// Changes `item`, reading only from what was there `before`.
    void make(
        Map<String, AttributeValue> item, Map<String, AttributeValue> before, Bindings bindings);
  }

  /// A condition or a key condition.
  static Condition condition(String text) {
    return CONDITIONS.computeIfAbsent(text, _ -> new Expressions(text).wholeCondition());
  }

  /// An update expression with `SET` and `REMOVE`.
  static Change change(String text) {
    return CHANGES.computeIfAbsent(text, _ -> new Expressions(text).wholeChange());
  }

  private Condition wholeCondition() {
    var parsed = anyOf();
    if (!tokens.isEmpty()) {
      throw unknown();
    }
    return parsed;
  }

  private Condition anyOf() {
    var parts = new ArrayList<>(List.of(allOf()));
    while (accept("OR")) {
      parts.add(allOf());
    }
    return parts.size() == 1
        ? parts.getFirst()
        : (item, bound) -> parts.stream().anyMatch(part -> part.holds(item, bound));
  }

  private Condition allOf() {
    var parts = new ArrayList<>(List.of(single()));
    while (accept("AND")) {
      parts.add(single());
    }
    return parts.size() == 1
        ? parts.getFirst()
        : (item, bound) -> parts.stream().allMatch(part -> part.holds(item, bound));
  }

  private Condition single() {
    if (accept("(")) {
      var inner = anyOf();
      expect(")");
      return inner;
    }
    var first = next();
    return switch (first) {
      case "attribute_exists" -> {
        var operand = argument();
        yield (item, bound) -> item.containsKey(bound.name(operand));
      }
      case "attribute_not_exists" -> {
        var operand = argument();
        yield (item, bound) -> !item.containsKey(bound.name(operand));
      }
      default -> comparison(first, next(), next());
    };
  }

  /// False when either side is missing, as in DynamoDB.
  private Condition comparison(String left, String operator, String right) {
    if (!List.of("=", "<", ">").contains(operator)) {
      throw unknown();
    }
    return (item, bound) -> {
      var a = bound.value(left, item);
      var b = bound.value(right, item);
      return a != null
          && b != null
          && switch (operator) {
            case "=" -> a.equals(b);
            case "<" -> number(a) < number(b);
            default -> number(a) > number(b);
          };
    };
  }

  private static long number(AttributeValue value) {
    return Long.parseLong(value.n());
  }

  private Change wholeChange() {
    var parts = new ArrayList<Change>();
    while (!tokens.isEmpty()) {
      var clause = next();
      do {
        parts.add(
            switch (clause) {
              case "SET" -> set();
              case "REMOVE" -> remove(next());
              default -> throw unknown();
            });
      } while (accept(","));
    }
    return (item, before, bound) -> parts.forEach(part -> part.make(item, before, bound));
  }

  private Change set() {
    var target = next();
    expect("=");
    var source = next();
    if (!source.equals("if_not_exists")) {
      return (item, before, bound) ->
          item.put(bound.name(target), Bindings.bound(bound.value(source, before), source));
    }
    expect("(");
    var kept = next();
    expect(",");
    var otherwise = next();
    expect(")");
    return (item, before, bound) -> {
      var there = bound.value(kept, before);
      item.put(
          bound.name(target),
          there != null ? there : Bindings.bound(bound.value(otherwise, before), otherwise));
    };
  }

  private static Change remove(String target) {
    return (item, _, bound) -> item.remove(bound.name(target));
  }

  private String argument() {
    expect("(");
    var operand = next();
    expect(")");
    return operand;
  }

  private boolean accept(String token) {
    return token.equals(tokens.peek()) && next().equals(token);
  }

  private void expect(String token) {
    if (!next().equals(token)) {
      throw unknown();
    }
  }

  private String next() {
    if (tokens.isEmpty()) {
      throw unknown();
    }
    return tokens.remove();
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("Not understood: " + text);
  }
}
