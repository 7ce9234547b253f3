package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.contract.TestIdToken;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who somebody is in the FHIR server, and whose records they may share, as claims of the portal
/// say it.
class PortalClaimsTest {
  private static final long NOW = MutableClock.START.getEpochSecond();

  @RegisterExtension
  static final ScriptedProvider provider = ScriptedProvider.start(new MutableClock());

  @ParameterizedTest
  @CsvSource({
    "Patient/ana, Patient/ana",
    "RelatedPerson/45, RelatedPerson/45",
    "Practitioner/6.a-b, Practitioner/6.a-b",
    "PractitionerRole/7, PractitionerRole/7",
    "Person/8, Person/8",
    "https://latchkey.example/fhir/Patient/ana, Patient/ana"
  })
  void aReferenceSaysWhoSomebodyIs(String claim, String fhirUser) {
    assertThat(user(token -> token.claim("fhirUser", claim))).containsEntry("fhirUser", fhirUser);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "ana",
    "Patient",
    "Patient/",
    "Patient/a/b",
    "patient/ana",
    "Patient/ana/_history/1",
    "Patient/ana?x=1",
    "Patient/änä",
    "Organization/1",
    "https://latchkey.example/fhirPatient/ana",
    "https://latchkey.example/fhir/https://latchkey.example/fhir/Patient/ana",
    "http://latchkey.example/fhir/Patient/ana"
  })
  void whateverIsNoReferenceLinksNobody(String claim) {
    assertThat(answer(token -> token.claim("fhirUser", claim)).answer())
        .isEqualTo(Map.of("error", "unlinked"));
  }

  @Test
  void anIdOfMoreThan64CharactersIsNone() {
    assertThat(user(token -> token.claim("fhirUser", "Patient/" + "a".repeat(64)))).isNotEmpty();
    assertThat(user(token -> token.claim("fhirUser", "Patient/" + "a".repeat(65)))).isEmpty();
    assertThat(user(token -> token.claim("fhirUser", null))).isEmpty();
    assertThat(user(token -> token.claim("fhirUser", List.of("Patient/ana")))).isEmpty();
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of(List.of("ben", "eva"), List.of("ana", "ben", "eva")),
        Arguments.of(List.of("Patient/ben", "ana"), List.of("ana", "ben")),
        Arguments.of("ben eva", List.of("ana", "ben", "eva")),
        Arguments.of("ben,eva, Patient/fay", List.of("ana", "ben", "eva", "fay")),
        Arguments.of(" [\"ben\", {\"id\": \"eva\"}]", List.of("ana", "ben", "eva")),
        Arguments.of("[\"ben\"", List.of("ana")),
        Arguments.of("[", List.of("ana")),
        Arguments.of(List.of("https://latchkey.example/fhir/Patient/ben"), List.of("ana", "ben")),
        Arguments.of(List.of("Practitioner/6", "a b", "", 7, List.of()), List.of("ana", "7")),
        Arguments.of(List.of(Map.of("name", "Ben"), Map.of("id", 7)), List.of("ana")),
        Arguments.of(7, List.of("ana")),
        Arguments.of(Map.of("id", "ben"), List.of("ana")));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void patientsAreReadInEachFormThatPortalsCanSend(Object claim, List<String> ids) {
    var patients = patients(token -> token.claim("patients", claim));

    assertThat(patients).extracting(patient -> patient.get("id")).isEqualTo(ids);
  }

  @Test
  void aPatientMayShareTheirOwnRecordAndOnlyThatWithoutTheClaim() {
    assertThat(patients(token -> token))
        .isEqualTo(
            List.of(
                Map.of(
                    "id", "ana",
                    "name", "Ana Silva",
                    "birthDate", "1988-04-02",
                    "relationship", "yourself")));
    assertThat(patients(token -> token.claim("fhirUser", "Practitioner/6"))).isEmpty();
  }

  @Test
  void whatIsSaidOfAPatientIsHandedOnAndAnIdAloneIsANameToo() {
    Map<String, Object> ben =
        Map.of(
            "id", "ben",
            "name", "Ben Silva",
            "birthDate", "2018-09-28",
            "relationship", "your child");
    var patients =
        patients(
            token ->
                token
                    .claim("fhirUser", "RelatedPerson/45")
                    .claim("patients", List.of(ben, "eva", Map.of("id", "ben", "name", "Other"))));

    assertThat(patients).hasSize(2).contains(ben);
    assertThat(patients.getLast())
        .isEqualTo(Map.of("id", "eva", "name", "Patient/eva", "birthDate", "", "relationship", ""));
  }

  @Test
  void twentyPatientsAreReadAndNoMore() {
    var many = IntStream.range(0, 40).mapToObj(number -> "p" + number).toList();

    var patients = patients(token -> token.claim("patients", many));

    assertThat(patients).hasSize(21);
    assertThat(patients.getLast()).containsEntry("id", "p19");
  }

  @Test
  void aNameIsMadeOfWhatThereIs() {
    assertThat(user(token -> token)).containsEntry("name", "Ana Silva");
    assertThat(
            user(
                token ->
                    token
                        .claim("name", " ")
                        .claim("given_name", "Ana Maria")
                        .claim("family_name", "Silva")))
        .containsEntry("name", "Ana Maria Silva");
    assertThat(user(token -> token.claim("name", null).claim("family_name", "Silva")))
        .containsEntry("name", "Silva");
    assertThat(user(token -> token.claim("name", 7))).containsEntry("name", "Patient/ana");
  }

  @Test
  void theTimeOfTheSignInIsWhatThePortalSaysAndOtherwiseMarkedAsUnsaid() {
    assertThat(user(token -> token.claim("auth_time", NOW - 100)))
        .containsEntry("auth_time", (int) (NOW - 100))
        .containsEntry("auth_time_said", true);
    assertThat(user(token -> token.claim("auth_time", null)))
        .containsEntry("auth_time", (int) NOW)
        .containsEntry("auth_time_said", false);
    assertThat(user(token -> token.claim("auth_time", "yesterday")))
        .containsEntry("auth_time_said", false);
  }

  @Test
  void howSurelySomebodyIsKnownIsHandedOn() {
    var user = user(token -> token.claim("acr", "loa3").claim("amr", List.of("pwd", "otp")));

    assertThat(user).containsEntry("acr", "loa3").containsEntry("amr", List.of("pwd", "otp"));
    assertThat(user(token -> token)).doesNotContainKeys("acr", "amr");
  }

  private Invocation answer(UnaryOperator<TestIdToken> said) {
    provider.handingOut(said.apply(provider.idToken(PortalCall.NONCE)));
    return PortalCall.back(null).to(provider);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> user(UnaryOperator<TestIdToken> said) {
    return (Map<String, Object>) answer(said).object("user");
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> patients(UnaryOperator<TestIdToken> said) {
    return (List<Map<String, Object>>) user(said).getOrDefault("patients", List.of());
  }
}
