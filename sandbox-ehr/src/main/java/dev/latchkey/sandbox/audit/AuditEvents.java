package dev.latchkey.sandbox.audit;

import java.util.Date;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/// Puts an access into the words of FHIR, along the patterns of IHE Basic Audit Log Patterns: who
/// (the app, and the user whose consent it uses), what, of whom, with what outcome.
final class AuditEvents {
  private static final String EVENT_TYPES =
      "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String INTERACTIONS = "http://hl7.org/fhir/restful-interaction";
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  private static final String ENTITY_TYPES =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String ROLES = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String SOURCES =
      "http://terminology.hl7.org/CodeSystem/security-source-type";
  private static final String CLIENT_ID = "urn:ietf:params:oauth:client_id";

  private final String fhirBase;

  AuditEvents(String fhirBase) {
    this.fhirBase = fhirBase;
  }

  AuditEvent of(Access access) {
    var event = new AuditEvent();
    event.setId(access.id());
    event.setType(new Coding(EVENT_TYPES, "rest", "RESTful Operation"));
    if (access.interaction() != null) {
      event.addSubtype(new Coding(INTERACTIONS, access.interaction(), access.interaction()));
      event.setAction(action(access.interaction()));
    }
    event.setRecorded(Date.from(access.at()));
    event.setOutcome(outcome(access.status()));
    event.setOutcomeDesc("HTTP " + access.status());
    event.addAgent(app(access));
    if (access.user() != null) {
      event.addAgent(user(access.user()));
    }
    event
        .getSource()
        .getObserver()
        .setDisplay("Latchkey sandbox")
        .getIdentifier()
        .setValue(fhirBase);
    event.getSource().addType(new Coding(SOURCES, "4", "Application Server"));
    if (!access.patient().isEmpty()) {
      event.addEntity(patient(access.patient()));
    }
    if (access.type() != null || !access.names().isEmpty()) {
      event.addEntity(what(access));
    }
    return event;
  }

  private static @Nullable AuditEventAction action(String interaction) {
    return switch (interaction) {
      case "create" -> AuditEventAction.C;
      case "read", "vread", "history-instance" -> AuditEventAction.R;
      case "update", "patch" -> AuditEventAction.U;
      case "delete" -> AuditEventAction.D;
      default -> AuditEventAction.E;
    };
  }

  static AuditEventOutcome outcome(int status) {
    if (status < 400) {
      return AuditEventOutcome._0;
    }
    return status < 500 ? AuditEventOutcome._4 : AuditEventOutcome._8;
  }

  private static AuditEventAgentComponent app(Access access) {
    var agent = new AuditEventAgentComponent();
    agent.setType(concept(DICOM, "110153", "Source Role ID"));
    agent.getWho().getIdentifier().setSystem(CLIENT_ID).setValue(access.client());
    agent.setRequestor(access.user() == null);
    return agent;
  }

  private static AuditEventAgentComponent user(String user) {
    return new AuditEventAgentComponent()
        .setType(concept(PARTICIPATION, "IRCP", "information recipient"))
        .setWho(new Reference(user))
        .setRequestor(true);
  }

  private static AuditEventEntityComponent patient(String patient) {
    return new AuditEventEntityComponent()
        .setWhat(new Reference("Patient/" + patient))
        .setType(new Coding(ENTITY_TYPES, "1", "Person"))
        .setRole(new Coding(ROLES, "1", "Patient"));
  }

  /// Of a search the parameters are named; their values may say as much as the answer.
  private static AuditEventEntityComponent what(Access access) {
    var isQuery = access.target() == null;
    var what =
        new AuditEventEntityComponent()
            .setType(new Coding(ENTITY_TYPES, "2", "System Object"))
            .setRole(
                isQuery
                    ? new Coding(ROLES, "24", "Query")
                    : new Coding(ROLES, "4", "Domain Resource"));
    what.getWhat().setReference(access.target()).setType(access.type());
    access
        .names()
        .forEach(name -> what.addDetail().setType("parameter").setValue(new StringType(name)));
    return what;
  }

  private static CodeableConcept concept(String system, String code, String display) {
    return new CodeableConcept(new Coding(system, code, display));
  }
}
