package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;

import dev.latchkey.sandbox.access.Expected.Exactly;
import dev.latchkey.sandbox.access.StoredRecords.Stored;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// How far a subject's record goes, whatever the scopes. What is restricted is for the patient
/// alone.
record Reach(StoredRecords stored, Subject subject) {
  boolean covers(Stored resource) {
    if (resource.isRestricted() && resource.owner().filter(subject::isThePatient).isEmpty()) {
      return false;
    }
    return subject.isService()
        || StoredRecords.isDirectory(resource.type())
        || resource.owner().filter(subject::sees).isPresent();
  }

  /// Of what it covers, as `Type/id`.
  Set<String> ids(String type, Predicate<Stored> which) {
    return stored.all(type).stream()
        .filter(this::covers)
        .filter(which)
        .map(Stored::id)
        .collect(toSet());
  }

  static Expected matches(Set<String> ids) {
    return new Exactly(ids, OptionalInt.of(ids.size()));
  }

  static Set<String> both(Set<String> some, Set<String> more) {
    return Stream.concat(some.stream(), more.stream()).collect(toSet());
  }
}
