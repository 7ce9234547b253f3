package dev.latchkey.scope;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the search part of a scope: `category=system|code`, several values with commas, several
/// parameters with `&` (SMART 2.2, "Finer-grained resource constraints using search parameters").
///
/// The pipe may be literal or percent-encoded. A backslash keeps the comma or pipe behind it part
/// of the value (FHIR R4, search, "Escaping Search Parameters"). Whatever is not understood to the
/// last character makes the scope no scope: leaving a part out would widen it. So it is with
/// modifiers (`category:in`), chains, `_filter`, other parameters, codes that are not in
/// [RecordCategory], and codes without their system, which would mean the codes of any system.
final class FilterGrammar {
  private FilterGrammar() {}

  static Optional<RecordFilter> parse(RecordType type, String query) {
    var filter = RecordFilter.EVERYTHING;
    for (var parameter : query.split("&", -1)) {
      var condition = condition(type, parameter);
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      filter = filter.and(new FilterCondition(condition));
    }
    return Optional.of(filter);
  }

  /// Empty when it is none.
  private static Set<RecordCategory> condition(RecordType type, String parameter) {
    var none = EnumSet.noneOf(RecordCategory.class);
    var equals = parameter.indexOf('=');
    if (equals < 0 || !decoded(parameter.substring(0, equals)).equals(FilterCondition.CATEGORY)) {
      return none;
    }
    var anyOf = EnumSet.noneOf(RecordCategory.class);
    for (var value : values(decoded(parameter.substring(equals + 1)))) {
      var category = RecordCategory.of(type, value);
      if (category.isEmpty()) {
        return none;
      }
      anyOf.add(category.get());
    }
    return anyOf;
  }

  /// Split at each comma that is not escaped. The escapes stay: no known code contains a character
  /// that needs one, so a value with an escape is none of them.
  private static List<String> values(String text) {
    var values = new ArrayList<String>();
    var start = 0;
    var isEscaped = false;
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == ',' && !isEscaped) {
        values.add(text.substring(start, at));
        start = at + 1;
      }
      isEscaped = text.charAt(at) == '\\' && !isEscaped;
    }
    values.add(text.substring(start));
    return values;
  }

  /// Percent-decoded; the empty string, which nothing here is equal to, when that is not possible.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
