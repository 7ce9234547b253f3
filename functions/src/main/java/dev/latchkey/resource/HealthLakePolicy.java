package dev.latchkey.resource;

import java.time.Duration;
import java.util.Optional;

/// What an operator decided about a data store of HealthLake.
///
/// @param readingRole ARN of the IAM role that HealthLake reads and searches with
/// @param writingRole ARN of the one that may also write; empty where no app may
/// @param widensFilters whether a scope for a part of a type (`?category=`) opens the whole type.
///   HealthLake knows no filters, so otherwise such a scope opens nothing
/// @param limit how long an answer may take; after that there is none
public record HealthLakePolicy(
    String readingRole, Optional<String> writingRole, boolean widensFilters, Duration limit) {

  /// HealthLake gives up after a second, which holds the way there and back too.
  public static final Duration LIMIT = Duration.ofMillis(900);
}
