package dev.latchkey.scope;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import java.util.Arrays;
import java.util.Optional;

/// The FHIR resource types about many patients at once, which only backend services may see.
public enum ServiceType {
  GROUP("Group", "Groups of patients", "Grupos de pacientes");

  private final String fhirName;
  private final String english;
  private final String spanish;

  ServiceType(String fhirName, String english, String spanish) {
    this.fhirName = fhirName;
    this.english = english;
    this.spanish = spanish;
  }

  public String fhirName() {
    return fhirName;
  }

  /// In words for people.
  public String plainName(Language language) {
    return new Phrase(english, spanish).in(language);
  }

  public static Optional<ServiceType> of(String fhirName) {
    return Arrays.stream(values()).filter(type -> type.fhirName.equals(fhirName)).findFirst();
  }

  public static boolean isServed(String fhirName) {
    return of(fhirName).isPresent();
  }
}
