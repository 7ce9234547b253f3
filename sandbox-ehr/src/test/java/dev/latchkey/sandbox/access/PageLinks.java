package dev.latchkey.sandbox.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Links to the second page of each patient's searches.
final class PageLinks {
  private final Map<String, String> links = new HashMap<>();

  static PageLinks ofEverySearch() {
    var pages = new PageLinks();
    for (var patient : Subject.PATIENTS) {
      var app = GuardedFhir.as(patient, "patient/*.rs");
      for (var type : StoredRecords.types()) {
        var answer = app.get(type + "?_count=1&_elements=id");
        if (answer.status() == 200 && answer.bundle().getLink("next") != null) {
          pages.links.put(patient + type, answer.next());
        }
      }
    }
    return pages;
  }

  Optional<String> of(String patient, String type) {
    return Optional.ofNullable(links.get(patient + type));
  }
}
