package dev.latchkey.sandbox.access;

import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.scope.ResourceScope;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Counts while there is time. What takes longer, or fails, is not known.
record CountsInTime(Count count, BesideThePage reads) implements RecordCounts {

  /// Counts what one scope covers.
  interface Count {
    int of(String patient, String fhirUser, ResourceScope scope);
  }

  @Override
  public Map<ResourceScope, Integer> count(
      String patient, String fhirUser, Collection<ResourceScope> scopes) {
    var counted = new ConcurrentHashMap<ResourceScope, Integer>();
    var awaited = new AtomicBoolean(true);
    reads.run(
        () ->
            scopes.stream()
                .takeWhile(_ -> awaited.get())
                .forEach(scope -> counted.put(scope, count.of(patient, fhirUser, scope))));
    awaited.set(false);
    return Map.copyOf(counted);
  }
}
