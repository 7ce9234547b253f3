package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.AuditLog.events;
import static dev.latchkey.sandbox.access.AuditLog.last;
import static dev.latchkey.sandbox.access.AuditLog.patients;
import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who reads the log of accesses: the patient theirs, an auditor all of it, and nobody by way of
/// anything else.
class AuditLogAccessTest {
  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.cruds patient/AuditEvent.rs");
  private final FhirCalls auditor = GuardedFhir.asService("system/AuditEvent.rs");

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
