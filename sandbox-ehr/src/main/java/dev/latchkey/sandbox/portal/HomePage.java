package dev.latchkey.sandbox.portal;

import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.contents.Person;
import dev.latchkey.sandbox.contents.SandboxFiles;
import dev.latchkey.sandbox.contents.SyntheticData;
import java.util.List;

/// What the start page shows.
///
/// @param suggestion who to sign in as for the first try: somebody with one record
/// @param parent who to sign in as to see the choice between records
/// @param practitioner who to sign in as at the EHR
public record HomePage(
    String issuer,
    String fhirBase,
    List<Person> people,
    List<Patient> patients,
    List<DemoApp> apps,
    Person suggestion,
    Person parent,
    Person practitioner) {

  /// A synthetic patient.
  ///
  /// @param resources how many FHIR resources the record has
  public record Patient(String id, String name, String birthDate, String sex, int resources) {}

  static HomePage of(SandboxSettings settings, SandboxFiles files) {
    var people = files.people();
    return new HomePage(
        settings.issuer().toString(),
        settings.fhirBase().toString(),
        people,
        files.data().bundles().stream().flatMap(bundle -> patient(bundle).stream()).toList(),
        files.apps(),
        first(people, 1),
        first(people, 2),
        people.stream()
            .filter(person -> person.kind().equals("practitioner"))
            .findFirst()
            .orElseThrow());
  }

  private static List<Patient> patient(SyntheticData.Bundle bundle) {
    var id = bundle.patient();
    var name = bundle.name();
    var birthDate = bundle.birthDate();
    var gender = bundle.gender();
    return id == null || name == null || birthDate == null || gender == null
        ? List.of()
        : List.of(new Patient(id, name, birthDate, gender, bundle.resources()));
  }

  private static Person first(List<Person> people, int records) {
    return people.stream()
        .filter(person -> person.patients().size() == records)
        .findFirst()
        .orElseThrow();
  }
}
