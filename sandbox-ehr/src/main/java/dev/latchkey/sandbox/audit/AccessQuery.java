package dev.latchkey.sandbox.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which accesses somebody asks for: those that meet every condition.
final class AccessQuery {
  private final List<String> conditions = new ArrayList<>(List.of("1 = 1"));
  private final List<Object> values = new ArrayList<>();
  private boolean oldestFirst;

  /// @param column a name from this room, never from a request
  AccessQuery in(String column, Collection<?> anyOf) {
    return where(
        column + " IN (" + String.join(", ", Collections.nCopies(anyOf.size(), "?")) + ")",
        anyOf.toArray());
  }

  /// @param sql with a `?` for each of `values`
  AccessQuery where(String sql, Object... ofCondition) {
    conditions.add(sql);
    Collections.addAll(values, ofCondition);
    return this;
  }

  /// Those that meet one of the conditions of `either`.
  AccessQuery whereOneOf(Stream<AccessQuery> either) {
    var all = either.toList();
    conditions.add(
        all.stream().map(AccessQuery::sql).collect(Collectors.joining(") OR (", "((", "))")));
    all.forEach(one -> values.addAll(one.values));
    return this;
  }

  AccessQuery oldestFirst() {
    oldestFirst = true;
    return this;
  }

  boolean isOldestFirst() {
    return oldestFirst;
  }

  String sql() {
    return String.join(" AND ", conditions);
  }

  List<Object> values() {
    return values;
  }
}
