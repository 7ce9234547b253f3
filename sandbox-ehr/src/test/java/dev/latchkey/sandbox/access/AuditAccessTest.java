package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.AuditLog.about;
import static dev.latchkey.sandbox.access.AuditLog.events;
import static dev.latchkey.sandbox.access.AuditLog.interaction;
import static dev.latchkey.sandbox.access.AuditLog.last;
import static dev.latchkey.sandbox.access.AuditLog.patients;
import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.ANAS_CHILD;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each access to a record is taken down: by whom, to what, for whom, and how it ended.
class AuditAccessTest {
  private static final String SECRET_WORD = "Rumpelstiltskin";

  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.cruds patient/AuditEvent.rs");
  private final FhirCalls auditor = GuardedFhir.asService("system/AuditEvent.rs");

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
    assertThat(newest).extracting(AuditLog::interaction).containsExactly("read", "read");
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
}
