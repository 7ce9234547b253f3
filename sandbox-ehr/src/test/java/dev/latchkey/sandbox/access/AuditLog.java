package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;

/// The log of accesses, as an app reads it.
final class AuditLog {
  private AuditLog() {}

  /// The newest one, which is not the reading of the log itself.
  static AuditEvent last(FhirCalls reader, String patient) {
    return events(reader.get("AuditEvent?entity=Patient/" + patient + "&_count=5")).stream()
        .filter(event -> !about(event).contains("AuditEvent"))
        .findFirst()
        .orElseThrow();
  }

  static List<AuditEvent> events(Answer answer) {
    return answer.bundle().getEntry().stream()
        .map(entry -> (AuditEvent) entry.getResource())
        .toList();
  }

  /// The types and references of what was asked for, besides the patient.
  static List<String> about(AuditEvent event) {
    return event.getEntity().stream()
        .filter(entity -> !entity.getRole().getCode().equals("1"))
        .map(entity -> entity.getWhat())
        .map(what -> what.hasReference() ? what.getReference() : what.getType())
        .toList();
  }

  /// Whose record it was.
  static List<String> patients(AuditEvent event) {
    return event.getEntity().stream()
        .filter(entity -> entity.getRole().getCode().equals("1"))
        .map(entity -> entity.getWhat().getReference())
        .toList();
  }

  static String interaction(AuditEvent event) {
    return event.getSubtypeFirstRep().getCode();
  }
}
