package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.LookupDeployment.assertRefused;
import static dev.latchkey.endpoint.LookupDeployment.assertUnlinked;
import static dev.latchkey.endpoint.LookupDeployment.assertUnreachable;
import static dev.latchkey.endpoint.LookupDeployment.patient;
import static dev.latchkey.endpoint.LookupDeployment.patients;
import static dev.latchkey.endpoint.LookupDeployment.related;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When a look-up in the FHIR server finds nobody, and with which access token it is made.
class PortalLookupTrustTest {
  @RegisterExtension static final LookupDeployment at = LookupDeployment.start();

  @Test
  void twoPatientsWithOneIdentifierAreNobodyAndOperatorsAreTold() {
    at.fhir().with(patient("ana", "4711", "Ana")).with(patient("ana-again", "4711", "Ana"));
    assertRefused(at.ask("4711"), "Several patients have the identifier of one person.");

    at.fhir().with(patient("ana-once-more", "4711", "Ana"));
    assertRefused(at.ask("4711"), "More of type Patient have one identifier than can be.");
  }

  @Test
  void morePatientsThanAnybodyActsForAreRefused() {
    IntStream.range(0, 20).forEach(i -> at.fhir().with(related("r" + i, "4711", "Patient/p" + i)));
    IntStream.range(0, 22).forEach(i -> at.fhir().with(patient("p" + i, "", "P" + i)));
    assertThat(patients(at.user("4711"))).hasSize(20);

    at.fhir().with(related("r20", "4711", "Patient/p20"));
    assertRefused(at.ask("4711"), "Somebody may act for more patients than can be.");
    at.fhir().with(related("r21", "4711", "Patient/p21"));
    assertRefused(at.ask("4711"), "More of type RelatedPerson have one identifier than can be.");
  }

  @Test
  void aServerThatPassesOverTheSearchSignsNobodyInAsSomebodyElse() {
    at.fhir().with(patient("eve", "4712", "Eve")).passingOverParameters();

    assertRefused(at.ask("4711"), "The FHIR server found others than it was asked for.");
    assertRefused(
        at.ask("4711-of-another-system"), "The FHIR server found others than it was asked for.");
  }

  @Test
  void aServerThatGivesOthersBesideDoesNotAddThem() {
    var found = List.of(patient("ben", "", "Ben"), patient("eve", "", "Eve"));
    at.fhir().with(related("r1", "4711", "Patient/ben")).with(found.getFirst());
    assertThat(patients(at.user("4711"))).hasSize(1);

    at.fhir().with(found.getLast()).alsoGiving("eve");
    assertThat(patients(at.user("4711"))).extracting(one -> one.get("id")).containsExactly("ben");
  }

  @Test
  void aServerThatGivesFewerAtOnceThanWereAskedHidesNobody() {
    at.fhir()
        .with(related("r1", "4711", "Patient/ben"))
        .with(related("r2", "4711", "Patient/eva"))
        .with(patient("ben", "", "Ben"))
        .with(patient("eva", "", "Eva"));
    at.fhir().givingAtOnce(1);
    assertRefused(at.ask("4711"), "More of type RelatedPerson have one identifier than can be.");

    at.fhir().givingAtOnce(2);
    assertThat(patients(at.user("4711"))).hasSize(2);

    at.fhir().with(related("r3", "4711", "Patient/fay")).with(patient("fay", "", "Fay"));
    at.fhir().givingPatientsAtOnce(2);
    assertRefused(at.ask("4711"), "gives fewer patients at once than were asked.");
  }

  @Test
  void theAccessTokenServesUntilShortlyBeforeItsEndAndNoLonger() {
    at.fhir().with(patient("ana", "4711", "Ana"));
    at.user("4711");
    at.fhir().local().clock().advance(Duration.ofSeconds(269));
    at.user("4711");
    assertThat(at.fhir().tokens()).hasSize(1);

    at.fhir().local().clock().advance(Duration.ofSeconds(1));
    at.user("4711");
    assertThat(at.fhir().tokens()).hasSize(2);
  }

  @Test
  void anAccessTokenThatWasRefusedIsNotUsedAgain() {
    at.fhir().with(patient("ana", "4711", "Ana")).answering(401, "");
    assertRefused(at.ask("4711"), "The FHIR server refused the look-up: 401");
    at.fhir().answering(403, "");
    assertRefused(at.ask("4711"), "The FHIR server refused the look-up: 403");
    assertThat(at.fhir().tokens()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"429", "500", "503"})
  void aFhirServerThatCannotAnswerJustNowAccusesNobody(int status) {
    at.fhir().answering(status, "{}");
    assertUnreachable(at.ask("4711"));
    at.fhir().forget();
    at.register(at.clientId());
    at.fhir().refusingTokens(status);
    assertUnreachable(at.ask("4711"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"resourceType\":\"Patient\",\"id\":\"eve\"}",
        "{\"resourceType\":\"Bundle\",\"type\":\"history\"}",
        "{\"resourceType\":\"Parameters\",\"type\":\"searchset\"}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{}]}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":{\"resourceType\":\"Group\"}}]}"
      })
  void whatIsNoAnswerToASearchIsNone(String body) {
    at.fhir().answering(200, body);

    assertRefused(at.ask("4711"), "The FHIR server answered a search with something else.");
  }

  @Test
  void aWarningBesideTheAnswerIsNoPerson() {
    var warning = Map.of("resource", Map.of("resourceType", "OperationOutcome"));
    at.fhir()
        .answering(
            Map.of("resourceType", "Bundle", "type", "searchset", "entry", List.of(warning)));

    assertUnlinked(at.ask("4711"));
  }

  @Test
  void aFhirServerThatRefusesOrSendsElsewhereIsNamedByItsStatus() {
    at.fhir().answering(302, "");
    assertRefused(at.ask("4711"), "The FHIR server refused the look-up: 302");
    at.fhir().answering(400, "{}");
    assertRefused(at.ask("4711"), "The FHIR server refused the look-up: 400");
  }

  @Test
  void withoutItsRegistrationALookUpSaysWhatIsMissing() {
    at.fhir().with(patient("ana", "4711", "Ana"));
    at.register("nobody");

    assertRefused(at.ask("4711"), "The look-up got no access token: invalid_client");
    assertThat(at.fhir().searches()).isEmpty();
  }

  @Test
  void theFunctionSaysWithWhichKeyItIsRegistered() {
    var keys = Invocation.of(at.function(), "{\"keys\": {}}").answer();

    assertThat(Json.write(keys)).isEqualTo(Json.write(at.key().published().toJSONObject()));
    assertThat(Json.write(keys)).doesNotContain("\"d\"");
    var none = new PortalFunction(Optional.empty(), Optional.empty());
    assertThat(Invocation.of(none, "{\"keys\": {}}").answer())
        .containsEntry("reason", "No key is set up.");
  }
}
