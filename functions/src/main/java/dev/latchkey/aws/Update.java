package dev.latchkey.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// One `UpdateItem`, said as what must hold (`when…`) and what changes (`set…`).
///
/// Every name and value goes through a placeholder, so that no attribute name can be a reserved
/// word and no value can be read as an expression.
final class Update {
  private final Key key;
  private final List<String> conditions = new ArrayList<>();
  private final List<String> sets = new ArrayList<>();
  private final List<String> removes = new ArrayList<>();
  private final List<String> adds = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  private Update(Key key) {
    this.key = key;
  }

  static Update of(Key key) {
    return new Update(key);
  }

  Key key() {
    return key;
  }

  Update when(String attribute, String expected) {
    return when(attribute, "=", AttributeValue.fromS(expected));
  }

  Update when(String attribute, long expected) {
    return when(attribute, "=", number(expected));
  }

  /// The attribute is there and something else.
  Update whenNot(String attribute, String other) {
    return when(attribute, "<>", AttributeValue.fromS(other));
  }

  /// The attribute is a time after `now`. Also false when it is missing.
  Update whenAfter(String attribute, long now) {
    return when(attribute, ">", number(now));
  }

  /// The attribute is there, whatever it says.
  Update whenPresent(String attribute) {
    conditions.add("attribute_exists(" + name(attribute) + ")");
    return this;
  }

  /// The attribute says this, or is missing where this is null.
  Update whenSame(String attribute, @Nullable String expected) {
    if (expected != null) {
      return when(attribute, expected);
    }
    conditions.add("attribute_not_exists(" + name(attribute) + ")");
    return this;
  }

  /// The attribute is missing, or a number below this.
  Update whenAbsentOrBelow(String attribute, long limit) {
    var name = name(attribute);
    conditions.add(
        "(attribute_not_exists(%s) OR %s < %s)".formatted(name, name, value(number(limit))));
    return this;
  }

  Update set(String attribute, String value) {
    return set(attribute, AttributeValue.fromS(value));
  }

  Update set(String attribute, long value) {
    return set(attribute, number(value));
  }

  Update setOrRemove(String attribute, @Nullable String value) {
    return value == null ? remove(attribute) : set(attribute, value);
  }

  Update remove(String attribute) {
    removes.add(name(attribute));
    return this;
  }

  /// Adds to a number, which is 0 while the attribute is missing.
  Update increase(String attribute, long by) {
    adds.add(name(attribute) + " " + value(number(by)));
    return this;
  }

  Update setIfAbsent(String attribute, String value) {
    return setIfAbsent(attribute, AttributeValue.fromS(value));
  }

  Update setIfAbsent(String attribute, long value) {
    return setIfAbsent(attribute, number(value));
  }

  /// The request, without table and return values.
  UpdateItemRequest.Builder request() {
    var request =
        UpdateItemRequest.builder()
            .key(key.attributes())
            .updateExpression(expression())
            .expressionAttributeNames(names);
    if (!values.isEmpty()) {
      request.expressionAttributeValues(values);
    }
    if (!conditions.isEmpty()) {
      request.conditionExpression(String.join(" AND ", conditions));
    }
    return request;
  }

  private String expression() {
    var set = sets.isEmpty() ? "" : "SET " + String.join(", ", sets);
    var remove = removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes);
    var add = adds.isEmpty() ? "" : " ADD " + String.join(", ", adds);
    return set + remove + add;
  }

  private Update when(String attribute, String operator, AttributeValue value) {
    conditions.add(name(attribute) + " " + operator + " " + value(value));
    return this;
  }

  private Update setIfAbsent(String attribute, AttributeValue value) {
    var name = name(attribute);
    sets.add(name + " = if_not_exists(" + name + ", " + value(value) + ")");
    return this;
  }

  private Update set(String attribute, AttributeValue value) {
    sets.add(name(attribute) + " = " + value(value));
    return this;
  }

  private String name(String attribute) {
    names.put("#" + attribute, attribute);
    return "#" + attribute;
  }

  private String value(AttributeValue value) {
    var placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
