package dev.latchkey.scope;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One search parameter of a scope: `category=a,b` lets through what is filed under `a` or `b`.
///
/// @param anyOf never empty
public record FilterCondition(Set<RecordCategory> anyOf) {
  /// The one search parameter that scopes are understood with.
  public static final String CATEGORY = "category";

  public FilterCondition {
    anyOf = Collections.unmodifiableSet(EnumSet.copyOf(anyOf));
  }

  /// The name of the FHIR search parameter.
  public String parameter() {
    return CATEGORY;
  }

  /// What the parameter may be, each as `system|code`. One of them is enough.
  public List<String> values() {
    return anyOf.stream().map(RecordCategory::token).toList();
  }

  /// As in a FHIR search, not percent-encoded: `category=system|code,system|code`.
  public String query() {
    return parameter() + "=" + String.join(",", values());
  }

  boolean accepts(Set<RecordCategory> filedUnder) {
    return !Collections.disjoint(anyOf, filedUnder);
  }

  boolean isImpliedBy(FilterCondition narrower) {
    return anyOf.containsAll(narrower.anyOf);
  }

  FilterCondition or(FilterCondition other) {
    var either = EnumSet.copyOf(anyOf);
    either.addAll(other.anyOf);
    return new FilterCondition(either);
  }

  @Override
  public String toString() {
    return anyOf.stream()
        .map(RecordCategory::code)
        .collect(Collectors.joining(",", CATEGORY + "=", ""));
  }
}
