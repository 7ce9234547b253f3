package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.ANAS_CHILD;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two patients, one token: what can be had by id. Version 1 and 2 scopes.
class ReadAccessTest {
  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.rs");

  private static String firstOf(String patient, String type) {
    return GuardedFhir.as(patient, "patient/*.rs").get(type + "?_count=1").ids().getFirst();
  }

  /// The types of which the other patient has something.
  static Stream<String> entryTypes() {
    var record = GuardedFhir.running().bean(PatientRecord.class);
    var other = GuardedFhir.as(OTHER, "patient/*.rs");
    return Stream.of(RecordType.values())
        .map(RecordType::fhirName)
        .filter(type -> record.kind(type) == PatientRecord.Kind.ENTRY)
        .filter(type -> !other.get(type + "?_count=1").bundle().getEntry().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"patient/*.rs", "patient/*.read", "patient/Observation.r", "patient/*.*"})
  void theOwnRecordIsReadable(String scopes) {
    var id = firstOf(ANA, "Observation");
    var app = GuardedFhir.as(ANA, scopes);
    assertThat(app.get(id).status()).isEqualTo(200);
    assertThat(app.get(id + "/_history/1").status()).isEqualTo(200);
    assertThat(app.get(id + "/_history").bundle().getEntry()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("entryTypes")
  void someoneElsesResourceAnswersLikeAMissingOne(String type) {
    var theirs = firstOf(OTHER, type);
    for (var suffix : List.of("", "/_history/1", "/_history", "?_summary=true", "?_elements=id")) {
      var existing = ana.get(theirs + suffix);
      var missing = ana.get(type + "/nobody-has-this" + suffix);
      assertThat(existing.status()).isEqualTo(404);
      assertThat(existing.visible()).isEqualTo(missing.visible());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER, ANAS_CHILD, "no-such-person", "dolores2", "Dolores", "dolore"})
  void anotherPatientAnswersLikeAMissingOne(String patient) {
    var missing = ana.get("Patient/nobody-has-this");
    for (var suffix : List.of("", "/_history", "/_history/1", "/$everything")) {
      assertThat(ana.get("Patient/" + patient + suffix).visible()).isEqualTo(missing.visible());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Condition.rs, Observation, 403",
    "patient/Observation.s, Observation, 403",
    "patient/Observation.cud, Observation, 403",
    "patient/Observation.write, Observation, 403",
    "patient/Observation.r, Observation, 200",
    "patient/Observation.read, Observation, 200",
    "openid fhirUser, Observation, 403",
    "patient/Patient.rs, Observation, 403",
    "patient/*.cud, Observation, 403"
  })
  void sco2_aTypeOrLetterThatWasNotGrantedIs403(String scopes, String type, int status) {
    var own = firstOf(ANA, type);
    assertThat(GuardedFhir.as(ANA, scopes).get(own).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @MethodSource("entryTypes")
  void aDeniedTypeSaysNothingAboutWhatExists(String type) {
    var app = GuardedFhir.as(ANA, "patient/Goal.rs openid");
    if (!type.equals("Goal")) {
      var own = app.get(firstOf(OTHER, type));
      var missing = app.get(type + "/nobody-has-this");
      assertThat(own.status()).isEqualTo(403);
      assertThat(own.header("www-authenticate")).contains("insufficient_scope");
      assertThat(own.visible()).isEqualTo(missing.visible());
    }
  }

  @Test
  void rsv9_theDirectoryIsReadableWithItsOwnScope() {
    var id = firstOf(ANA, "Organization");
    assertThat(GuardedFhir.as(ANA, "patient/Organization.r").get(id).status()).isEqualTo(200);
    assertThat(GuardedFhir.as(ANA, "patient/Observation.rs").get(id).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SearchParameter", "ValueSet", "Subscription", "Bundle", "Person", "Group"})
  void whatTheServerKeepsForItselfIsOutOfReach(String type) {
    var app = GuardedFhir.as(ANA, "patient/*.cruds");
    assertThat(app.get(type + "/1").status()).isIn(403, 404);
    assertThat(app.get(type).status()).isIn(403, 404);
  }

  @Test
  void filesOfExportsAreOutOfReachAndNobodySearchesThem() {
    var app = GuardedFhir.as(ANA, "patient/*.cruds");
    assertThat(app.get("Binary/1").status()).isEqualTo(404);
    for (var client : List.of(app, GuardedFhir.asService("system/*.rs"))) {
      assertThat(client.get("Binary").status()).isEqualTo(400);
    }
  }

  @Test
  void theSignedInUserIsReadableWithOpenidAndFhirUserAlone() {
    var mother = GuardedFhir.as(ANAS_CHILD, "Patient/" + ANA, "openid fhirUser");
    assertThat(mother.get("Patient/" + ANA).status()).isEqualTo(200);
    assertThat(mother.get("Patient/" + ANAS_CHILD).status()).isEqualTo(403);
    assertThat(mother.get("Patient/" + ANA + "/_history").status()).isEqualTo(403);
    assertThat(mother.get("Patient?_id=" + ANA).status()).isEqualTo(403);
    assertThat(mother.get("Observation?patient=" + ANA).status()).isEqualTo(403);
    for (var lesser : List.of("openid", "fhirUser", "patient/Observation.rs")) {
      var app = GuardedFhir.as(ANAS_CHILD, "Patient/" + ANA, lesser);
      assertThat(app.get("Patient/" + ANA).status()).isEqualTo(403);
    }
  }

  @Test
  void aRelatedPersonAsTheUserIsReadableToo() {
    var father = GuardedFhir.as("bobby", "RelatedPerson/bobby-father", "openid fhirUser");
    assertThat(father.get("RelatedPerson/bobby-father").status()).isEqualTo(200);
    assertThat(father.get("Patient/bobby").status()).isEqualTo(403);
  }

  @Test
  void theMothersTokenForTheChildOpensTheChildsRecordOnly() {
    var mother = GuardedFhir.as(ANAS_CHILD, "Patient/" + ANA, "openid fhirUser patient/*.rs");
    assertThat(mother.get("Patient/" + ANAS_CHILD).status()).isEqualTo(200);
    assertThat(mother.get(firstOf(ANAS_CHILD, "Observation")).status()).isEqualTo(200);
    assertThat(mother.get("Patient/" + ANA).status()).isEqualTo(200);
    assertThat(mother.get(firstOf(ANA, "Observation")).status()).isEqualTo(404);
    assertThat(mother.get("Patient").ids()).containsExactly("Patient/" + ANAS_CHILD);
  }

  @Test
  void headTellsNoMoreThanGet() {
    assertThat(ana.send("HEAD", "Patient/" + ANA, null, null).status()).isEqualTo(200);
    assertThat(ana.send("HEAD", "Patient/" + OTHER, null, null).visible())
        .isEqualTo(ana.send("HEAD", "Patient/nobody-has-this", null, null).visible());
  }
}
