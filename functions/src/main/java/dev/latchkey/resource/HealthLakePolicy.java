package dev.latchkey.resource;

import java.util.Optional;

/// What an operator decided about a data store of HealthLake.
///
/// @param readingRole ARN of the IAM role that HealthLake reads and searches with
/// @param writingRole ARN of the one that may also write; empty where no app may
/// @param widensFilters whether a scope for a part of a type (`?category=`) opens the whole type.
///   HealthLake knows no filters, so otherwise such a scope opens nothing
public record HealthLakePolicy(
    String readingRole, Optional<String> writingRole, boolean widensFilters) {}
