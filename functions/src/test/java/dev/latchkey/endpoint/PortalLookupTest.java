package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.LookupDeployment.assertRefused;
import static dev.latchkey.endpoint.LookupDeployment.assertUnlinked;
import static dev.latchkey.endpoint.LookupDeployment.changed;
import static dev.latchkey.endpoint.LookupDeployment.patient;
import static dev.latchkey.endpoint.LookupDeployment.patients;
import static dev.latchkey.endpoint.LookupDeployment.related;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who somebody of the portal is, looked up in the FHIR server, from the Lambda event to the
/// answer.
class PortalLookupTest {
  @RegisterExtension static final LookupDeployment at = LookupDeployment.start();

  @Test
  void aPatientIsFoundByTheirIdentifierAndMayShareTheirOwnRecord() throws Exception {
    at.fhir().with(patient("ana", "4711", "Ana")).with(patient("eve", "4712", "Eve"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "Patient/ana").containsEntry("sub", "4711");
    assertThat(user.get("patients"))
        .isEqualTo(
            List.of(
                Map.of(
                    "id", "ana",
                    "name", "Ana Silva",
                    "birthDate", "1988-04-02",
                    "relationship", "yourself")));
    assertThat(at.fhir().searches())
        .containsExactly(
            "/fhir/Patient?identifier=https%3A%2F%2Fhospital.example%2Faccount%7C4711"
                + "&_elements=identifier%2Cactive%2Cname%2CbirthDate&_count=2",
            "/fhir/RelatedPerson?identifier=https%3A%2F%2Fhospital.example%2Faccount%7C4711"
                + "&_elements=identifier%2Cactive%2Cpatient%2Cperiod&_count=21");
    var token = SignedJWT.parse(at.fhir().tokens().getFirst()).getJWTClaimsSet();
    assertThat(token.getStringClaim("scope")).isEqualTo(LookupDeployment.SCOPE);
    assertThat(token.getSubject()).isEqualTo(at.clientId());
  }

  @Test
  void whoActsForOthersIsFoundOncePerPatientAndIsTheSameOneEachTime() {
    at.fhir()
        .with(related("r2", "4711", "Patient/ben"))
        .with(related("r1", "4711", at.fhir().base() + "/Patient/eva"))
        .with(related("r3", "4799", "Patient/fay"))
        .with(patient("ben", "", "Ben"))
        .with(patient("eva", "", "Eva"))
        .with(patient("fay", "", "Fay"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "RelatedPerson/r1");
    assertThat(patients(user)).extracting(one -> one.get("id")).containsExactly("ben", "eva");
    assertThat(patients(user).getFirst())
        .containsEntry("name", "Ben Silva")
        .containsEntry("relationship", "");
  }

  @Test
  void aPatientWhoActsForTheirChildIsThatPatient() {
    at.fhir()
        .with(patient("ana", "4711", "Ana"))
        .with(patient("ben", "", "Ben"))
        .with(related("r1", "4711", "Patient/ben"))
        .with(related("r2", "4711", "Patient/ana"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "Patient/ana");
    assertThat(patients(user)).extracting(one -> one.get("id")).containsExactly("ana", "ben");
    assertThat(patients(user).getFirst()).containsEntry("relationship", "yourself");
  }

  @Test
  void whoeverIsThereNotAtAllOrNotAnyMoreIsNotLinked() {
    var today = "2036-03-01";
    at.fhir()
        .with(changed(patient("ana", "4711", "Ana"), "active", false))
        .with(changed(related("r1", "4711", "Patient/ben"), "active", false))
        .with(changed(related("r2", "4711", "Patient/ben"), "period", Map.of("end", "2036-02-29")))
        .with(changed(related("r3", "4711", "Patient/ben"), "period", Map.of("end", "2035")))
        .with(
            changed(related("r4", "4711", "Patient/ben"), "period", Map.of("start", "2036-03-02")))
        .with(patient("ben", "", "Ben"));

    assertUnlinked(at.ask("4711"));
    assertUnlinked(at.ask("4712"));

    at.fhir().with(changed(related("r9", "4711", "Patient/ben"), "period", Map.of("end", today)));
    assertThat(at.user("4711")).containsEntry("fhirUser", "RelatedPerson/r9");
    at.fhir().forget();
    at.fhir().with(changed(related("r8", "4711", "Patient/ben"), "period", Map.of("end", "2036")));
    assertThat(at.user("4711")).containsEntry("fhirUser", "RelatedPerson/r8");
  }

  static Stream<Arguments> names() {
    var official = Map.of("use", "official", "given", List.of("Ana", "Maria"), "family", "Silva");
    var usual = Map.of("use", "usual", "text", "Ana S.");
    var old = Map.of("use", "old", "family", "Souza");
    return Stream.of(
        Arguments.of(List.of(old, usual, official), "Ana Maria Silva"),
        Arguments.of(List.of(old, usual), "Ana S."),
        Arguments.of(List.of(old), "Souza"),
        Arguments.of(List.of(Map.of("text", "Ana S.", "family", "Silva")), "Ana S."),
        Arguments.of(List.of(Map.of("given", "Ana")), "Patient/ana"),
        Arguments.of(List.of(), "Patient/ana"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void somebodyIsCalledAsTheyAreInTheirRecord(List<?> names, String called) {
    at.fhir().with(changed(patient("ana", "4711", "Ana"), "name", names));

    assertThat(at.user("4711")).containsEntry("name", called);
    assertThat(
            at.ask(at.function(), token -> token.claim("sub", "4711").claim("name", "A. S."))
                .object("user")
                .get("name"))
        .isEqualTo("A. S.");
  }

  @Test
  void anOldIdentifierIsNobodys() {
    var old = Map.of("system", LookupDeployment.SYSTEM, "value", "4711", "use", "old");
    at.fhir().with(changed(patient("ana", "4711", "Ana"), "identifier", List.of(old)));

    assertRefused(at.ask("4711"), "others than it was asked for");
  }

  @Test
  void patientsWhoAreGoneAreLeftOut() {
    at.fhir()
        .with(related("r1", "4711", "Patient/ben"))
        .with(related("r2", "4711", "Patient/gone"))
        .with(related("r3", "4711", "https://another.example/Patient/eva"))
        .with(related("r4", "4711", "Group/all"))
        .with(related("r5", "4711", "Patient/eva"))
        .with(patient("ben", "", "Ben"))
        .with(changed(patient("eva", "", "Eva"), "active", false));

    assertThat(patients(at.user("4711"))).extracting(one -> one.get("id")).containsExactly("ben");
  }

  @Test
  void whatAPortalPutsIntoAClaimStaysOneValue() {
    var odd = "a,b|c$d\\e&f=g h%2Cä";
    at.fhir().with(patient("ana", odd, "Ana")).with(patient("eve", "b", "Eve"));

    assertThat(at.user(odd)).containsEntry("fhirUser", "Patient/ana");
    assertThat(at.fhir().searches().getFirst())
        .contains("%7Ca%5C%2Cb%5C%7Cc%5C%24d%5C%5Ce%26f%3Dg%20h%252C%C3%A4&_elements=");
  }

  @Test
  void aClaimThatIsMissingOrNoTextOrTooLongLinksNobody() {
    var byAccount = at.function(at.clientId(), "account");
    at.fhir().with(patient("ana", "4711", "Ana"));
    assertThat(at.ask(byAccount, token -> token.claim("account", "4711")).object("user"))
        .isNotEmpty();
    for (var value : new Object[] {4711, " ", List.of("4711"), "a".repeat(256)}) {
      at.fhir().forget();
      assertUnlinked(at.ask(byAccount, token -> token.claim("account", value)));
      assertThat(at.fhir().searches()).isEmpty();
    }
    assertUnlinked(at.ask(byAccount, token -> token));
  }

  @Test
  void whatThePortalSaysOfTheRecordDoesNotCount() {
    at.fhir().with(patient("ana", "4711", "Ana"));

    var user =
        at.ask(
                at.function(),
                token ->
                    token
                        .claim("sub", "4711")
                        .claim("fhirUser", "Patient/eve")
                        .claim("patients", "eve"))
            .object("user");

    assertThat(user.get("fhirUser")).isEqualTo("Patient/ana");
    assertThat(patients(user)).extracting(one -> one.get("id")).containsExactly("ana");
  }
}
