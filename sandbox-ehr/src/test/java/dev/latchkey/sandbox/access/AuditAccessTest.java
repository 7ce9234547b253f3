package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.ANAS_CHILD;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who has reached a record is taken down, and the patient can find it.
class AuditAccessTest {
  private static final String SECRET_WORD = "Rumpelstiltskin";

  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.cruds patient/AuditEvent.rs");
  private final FhirCalls auditor = GuardedFhir.asService("system/AuditEvent.rs");

  /// The newest one, which is not the reading of the log itself.
  private static AuditEvent last(FhirCalls reader, String patient) {
    return events(reader.get("AuditEvent?entity=Patient/" + patient + "&_count=5")).stream()
        .filter(event -> !about(event).contains("AuditEvent"))
        .findFirst()
        .orElseThrow();
  }

  private static List<AuditEvent> events(Answer answer) {
    return answer.bundle().getEntry().stream()
        .map(entry -> (AuditEvent) entry.getResource())
        .toList();
  }

  /// The types and references of what was asked for, besides the patient.
  private static List<String> about(AuditEvent event) {
    return event.getEntity().stream()
        .filter(entity -> !entity.getRole().getCode().equals("1"))
        .map(entity -> entity.getWhat())
        .map(what -> what.hasReference() ? what.getReference() : what.getType())
        .toList();
  }

  private static List<String> patients(AuditEvent event) {
    return event.getEntity().stream()
        .filter(entity -> entity.getRole().getCode().equals("1"))
        .map(entity -> entity.getWhat().getReference())
        .toList();
  }

  private static String interaction(AuditEvent event) {
    return event.getSubtypeFirstRep().getCode();
  }

  private String observation() {
    return ana.get("Observation?_count=1").ids().getFirst();
  }

  @Test
  void rsv11_aReadIsRecordedWithAppUserPatientAndOutcome() {
    var id = observation();
    assertThat(ana.get(id).status()).isEqualTo(200);

    var event = last(ana, ANA);
    assertThat(interaction(event)).isEqualTo("read");
    assertThat(event.getAction().toCode()).isEqualTo("R");
    assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
    assertThat(event.getRecorded()).isNotNull();
    assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
        .isEqualTo(OneFamily.CLIENT.value());
    assertThat(event.getAgent().getLast().getWho().getReference()).isEqualTo("Patient/" + ANA);
    assertThat(event.getAgent()).filteredOn(agent -> agent.getRequestor()).hasSize(1);
    assertThat(patients(event)).containsExactly("Patient/" + ANA);
    assertThat(about(event)).containsExactly(id);
  }

  @Test
  void rsv11_aSearchIsRecordedByTheNamesOfItsParametersOnly() {
    var answer =
        ana.get("Observation?code:text=" + SECRET_WORD + "&_count=3&" + SECRET_WORD + "=1");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(ana.get("Observation?code:text=" + SECRET_WORD + "&_count=3").status())
        .isEqualTo(200);

    var page = ana.get("AuditEvent?_count=20");
    assertThat(page.body()).doesNotContain(SECRET_WORD);
    var event = last(ana, ANA);
    assertThat(interaction(event)).isEqualTo("search-type");
    assertThat(about(event)).containsExactly("Observation");
    assertThat(event.getEntity().getLast().getDetail())
        .extracting(detail -> detail.getValueStringType().getValue())
        .contains("code", "_count");
  }

  @ParameterizedTest
  @CsvSource({
    "Observation/nobodys, 404",
    "Observation/nobodys/_history/1, 404",
    "Observation?patient=" + OTHER + ", 403",
    "Patient/" + OTHER + ", 404",
    "Patient/" + OTHER + "/$everything, 404"
  })
  void rsv11_aRefusalIsRecordedForThePatientOfTheTokenAndKeepsNoForeignId(String path, int status) {
    assertThat(ana.get(path).status()).isEqualTo(status);

    var event = last(ana, ANA);
    assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
    assertThat(patients(event)).containsExactly("Patient/" + ANA);
    assertThat(FhirCalls.FHIR.newJsonParser().encodeResourceToString(event))
        .doesNotContain("nobodys", OTHER);
  }

  @Test
  void rsv11_aRefusalForLackOfScopeIsRecorded() {
    assertThat(GuardedFhir.as(ANA, "patient/Condition.rs").get("Observation").status())
        .isEqualTo(403);

    var event = last(ana, ANA);
    assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
    assertThat(event.getOutcomeDesc()).isEqualTo("HTTP 403");
    assertThat(interaction(event)).isEqualTo("search-type");
  }

  @Test
  void rsv11_writesAreRecordedWithWhatTheyMadeAndRemoved() {
    var created =
        ana.post("Observation", new Observation().setSubject(new Reference("Patient/" + ANA)));
    assertThat(created.status()).isEqualTo(201);
    var id = created.resource().getIdElement().toUnqualifiedVersionless().getValue();
    assertThat(interaction(last(ana, ANA))).isEqualTo("create");
    assertThat(about(last(ana, ANA))).containsExactly(id);

    assertThat(ana.delete(id).status()).isEqualTo(200);
    assertThat(interaction(last(ana, ANA))).isEqualTo("delete");
    assertThat(about(last(ana, ANA))).containsExactly(id);
  }

  @Test
  void rsv11_eachEntryOfABatchIsAnAccessOfItsOwn() {
    var id = observation();
    var batch = new Bundle().setType(BundleType.BATCH);
    batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(id);
    batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/" + OTHER);
    assertThat(ana.post("", batch).status()).isEqualTo(200);

    var newest = events(ana.get("AuditEvent?_count=2"));
    assertThat(newest).extracting(AuditAccessTest::interaction).containsExactly("read", "read");
    assertThat(newest)
        .extracting(AuditEvent::getOutcome)
        .containsExactly(AuditEventOutcome._4, AuditEventOutcome._0);
  }

  /// A service sees many records; each of those patients finds it.
  @Test
  void rsv11_aServiceIsRecordedForEachPatientWhoseResourcesItGot() {
    var service = GuardedFhir.asService("system/*.rs");
    assertThat(service.get("Patient?_id=" + ANA + "," + OTHER).ids()).hasSize(2);

    for (var patient : List.of(ANA, OTHER)) {
      var event = last(auditor, patient);
      assertThat(patients(event)).containsExactly("Patient/" + patient);
      assertThat(event.getAgent()).hasSize(1);
      assertThat(event.getAgentFirstRep().getRequestor()).isTrue();
      assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
          .isEqualTo(OneService.ID.value());
    }
  }

  @Test
  void rsv11_aServiceThatReadsAGroupIsRecordedWithTheGroup() {
    assertThat(GuardedFhir.asService("system/Group.r").get("Group/children").status())
        .isEqualTo(200);

    var event = events(auditor.get("AuditEvent?entity=Group/children&_count=1")).getFirst();
    assertThat(interaction(event)).isEqualTo("read");
    assertThat(about(event)).containsExactly("Group/children");
    assertThat(patients(event)).isEmpty();
  }

  @Test
  void rsv11_aParentIsRecordedInTheRecordOfTheChild() {
    var parent = GuardedFhir.as(ANAS_CHILD, "Patient/" + ANA, "patient/Patient.rs");
    assertThat(parent.get("Patient/" + ANAS_CHILD).status()).isEqualTo(200);

    var event = last(GuardedFhir.as(ANAS_CHILD, "patient/AuditEvent.rs"), ANAS_CHILD);
    assertThat(event.getAgent().getLast().getWho().getReference()).isEqualTo("Patient/" + ANA);
    var byAgent =
        GuardedFhir.as(ANAS_CHILD, "patient/AuditEvent.rs").get("AuditEvent?agent=Patient/" + ANA);
    assertThat(events(byAgent))
        .allSatisfy(one -> assertThat(patients(one)).containsExactly("Patient/" + ANAS_CHILD))
        .isNotEmpty();
  }

  @Test
  void rsv11_aPatientFindsTheOwnEventsAndNobodyElses() {
    var other = GuardedFhir.as(OTHER, "patient/*.rs patient/AuditEvent.rs");
    assertThat(other.get("Patient/" + OTHER).status()).isEqualTo(200);
    assertThat(ana.get("Patient/" + ANA).status()).isEqualTo(200);
    var theirs = last(other, OTHER).getIdElement().toUnqualifiedVersionless().getValue();

    for (var search : List.of("", "?patient=" + ANA, "?entity=Patient/" + ANA, "?_id=x,y")) {
      assertThat(events(ana.get("AuditEvent" + search)))
          .allSatisfy(event -> assertThat(patients(event)).containsExactly("Patient/" + ANA));
    }
    assertThat(ana.get("AuditEvent?patient=" + ANA).bundle().getTotal()).isPositive();
    assertThat(ana.get("AuditEvent?patient=" + OTHER).bundle().getTotal()).isZero();
    assertThat(ana.get("AuditEvent?entity=Patient/" + OTHER).status()).isEqualTo(403);
    assertThat(ana.get("AuditEvent?_id=" + theirs.substring(11)).bundle().getTotal()).isZero();
    assertThat(other.get(theirs).status()).isEqualTo(200);
    var denied = ana.get(theirs);
    assertThat(denied.status()).isEqualTo(404);
    assertThat(denied.visible()).isEqualTo(ana.get("AuditEvent/nobodys").visible());
  }

  @Test
  void rsv11_pagesFollowOneAnother() {
    for (int i = 0; i < 3; i++) {
      assertThat(ana.get("Patient/" + ANA).status()).isEqualTo(200);
    }
    var search = "AuditEvent?subtype=read&outcome=0&_sort=date&_count=2";
    var first = ana.get(search);
    var second = ana.get(first.next());
    assertThat(first.ids()).hasSize(2).doesNotContainAnyElementsOf(second.ids());
    assertThat(second.ids()).isNotEmpty();
    assertThat(GuardedFhir.as(OTHER, "patient/AuditEvent.rs").get(first.next()).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AuditEvent", "AuditEvent/x"})
  void rsv11_aWildcardDoesNotOpenTheLog(String path) {
    assertThat(GuardedFhir.as(ANA, "patient/*.cruds").get(path).status()).isEqualTo(403);
    assertThat(GuardedFhir.asService("system/*.rs").get(path).status()).isEqualTo(403);
  }

  @Test
  void rsv11_nobodyWritesTheLog() {
    var writer = GuardedFhir.as(ANA, "patient/*.cruds patient/AuditEvent.cruds");
    var event = last(ana, ANA);
    var id = event.getIdElement().toUnqualifiedVersionless().getValue();
    var total = ana.get("AuditEvent?date=lt2020-01-01").bundle().getTotal();

    assertThat(writer.post("AuditEvent", event).status()).isEqualTo(400);
    assertThat(writer.put(id, event).status()).isEqualTo(400);
    assertThat(writer.patch(id, "[]").status()).isEqualTo(400);
    assertThat(writer.delete(id).status()).isEqualTo(400);
    assertThat(total).isZero();
    assertThat(ana.get(id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_has:AuditEvent:entity:agent=Patient/x",
        "Patient?_revinclude=AuditEvent:entity",
        "AuditEvent?entity:Patient.name=x"
      })
  void rsv11_nothingLeadsFromRecordsToTheLog(String search) {
    assertThat(ana.get(search).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AuditEvent?patient:missing=true",
        "AuditEvent?agent=x",
        "AuditEvent?subtype:not=read",
        "AuditEvent?_sort=agent",
        "AuditEvent?type=rest",
        "AuditEvent?_include=AuditEvent:entity",
        "AuditEvent?date=yesterday"
      })
  void aSearchThatIsNotServedIsRefusedInPlainWords(String search) {
    assertThat(ana.get(search).status()).isEqualTo(400);
  }

  @Test
  void everythingAndExportsLeaveTheLogOut() {
    var everything = ana.get("Patient/" + ANA + "/$everything?_count=200");
    assertThat(everything.ids()).isNotEmpty().noneMatch(id -> id.startsWith("AuditEvent/"));
    assertThat(auditor.get("$export?_type=AuditEvent").status()).isEqualTo(403);
    assertThat(auditor.get("$export").status()).isEqualTo(403);
  }

  @Test
  void theCapabilityStatementNamesWhatIsServed() {
    var statement = (CapabilityStatement) GuardedFhir.withoutToken().get("metadata").resource();
    var served =
        statement.getRestFirstRep().getResource().stream()
            .filter(resource -> resource.getType().equals("AuditEvent"))
            .findFirst()
            .orElseThrow();
    assertThat(served.getInteraction())
        .extracting(interaction -> interaction.getCode().toCode())
        .containsExactlyInAnyOrder("read", "search-type");
    assertThat(served.getSearchParam())
        .extracting(parameter -> parameter.getName())
        .containsExactlyInAnyOrder(
            "_id", "agent", "date", "entity", "outcome", "patient", "subtype");
    assertThat(served.getSearchInclude()).isEmpty();
    assertThat(served.getSearchRevInclude()).isEmpty();
  }
}
