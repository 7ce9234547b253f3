package dev.latchkey.scope;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Which resources of a type a scope is about: those that meet every condition.
///
/// The conditions are the parameters of a FHIR search. Those that another one implies are left out,
/// so two filters that let through the same resources are equal. What several filters let through
/// together is again one filter, because "(a and b) or c" is "(a or c) and (b or c)".
///
/// @param conditions none for [#EVERYTHING]
public record RecordFilter(Set<FilterCondition> conditions) {
  public static final RecordFilter EVERYTHING = new RecordFilter(Set.of());

  public RecordFilter {
    conditions = withoutImplied(conditions);
  }

  private static Set<FilterCondition> withoutImplied(Set<FilterCondition> conditions) {
    var kept = new LinkedHashSet<>(conditions);
    kept.removeIf(
        one -> conditions.stream().anyMatch(other -> !other.equals(one) && one.isImpliedBy(other)));
    return Collections.unmodifiableSet(kept);
  }

  /// What a FHIR search is certain to stay within.
  ///
  /// @param conditions each value of the search parameter `category`, all of which have to hold, as
  ///   the tokens (`system|code`) of which one is enough. One with a token that is no category of
  ///   the type promises nothing.
  public static RecordFilter ofSearch(
      RecordType type, Collection<? extends Collection<String>> conditions) {
    var filter = EVERYTHING;
    for (var tokens : conditions) {
      var known = tokens.stream().map(token -> RecordCategory.of(type, token)).toList();
      if (!known.isEmpty() && known.stream().allMatch(Optional::isPresent)) {
        filter =
            filter.and(
                new FilterCondition(known.stream().map(Optional::orElseThrow).collect(toSet())));
      }
    }
    return filter;
  }

  public boolean isEverything() {
    return conditions.isEmpty();
  }

  /// Whether a resource with these categories passes.
  public boolean accepts(Set<RecordCategory> filedUnder) {
    return conditions.stream().allMatch(condition -> condition.accepts(filedUnder));
  }

  /// Whether all that `wanted` lets through passes here too.
  public boolean covers(RecordFilter wanted) {
    return conditions.stream()
        .allMatch(mine -> wanted.conditions.stream().anyMatch(mine::isImpliedBy));
  }

  /// What both let through.
  RecordFilter and(FilterCondition condition) {
    var both = new LinkedHashSet<>(conditions);
    both.add(condition);
    return new RecordFilter(both);
  }

  /// What one of the two lets through.
  RecordFilter or(RecordFilter other) {
    var either = new LinkedHashSet<FilterCondition>();
    for (var mine : conditions) {
      for (var theirs : other.conditions) {
        either.add(mine.or(theirs));
      }
    }
    return new RecordFilter(either);
  }
}
