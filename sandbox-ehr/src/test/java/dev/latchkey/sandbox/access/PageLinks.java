package dev.latchkey.sandbox.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Links to the second page of each patient's searches, and of those of somebody who acts for the
/// patient, and of a doctor of both, who are not shown restricted entries.
final class PageLinks {
  private final Map<String, String> links = new HashMap<>();
  private final Map<String, String> open = new HashMap<>();
  private final Map<String, String> both = new HashMap<>();

  static PageLinks ofEverySearch() {
    var pages = new PageLinks();
    for (var patient : Subject.PATIENTS) {
      ask(GuardedFhir.as(patient, "patient/*.rs"), patient, pages.links);
      var proxy = GuardedFhir.as(patient, "RelatedPerson/somebody", "patient/*.rs");
      ask(proxy, patient, pages.open);
    }
    ask(Subject.DOCTOR_OF_BOTH.calls("user/*.rs"), "", pages.both);
    return pages;
  }

  private static void ask(FhirCalls app, String patient, Map<String, String> links) {
    for (var type : StoredRecords.types()) {
      var answer = app.get(type + "?_count=1&_elements=id");
      if (answer.status() == 200 && answer.bundle().getLink("next") != null) {
        links.put(patient + type, answer.next());
      }
    }
  }

  Optional<String> of(String patient, String type) {
    return Optional.ofNullable(links.get(patient + type));
  }

  /// Of a search that leaves out what is restricted.
  Optional<String> openOf(String patient, String type) {
    return Optional.ofNullable(open.get(patient + type));
  }

  /// Of a search in both records.
  Optional<String> ofBoth(String type) {
    return Optional.ofNullable(both.get(type));
  }
}
