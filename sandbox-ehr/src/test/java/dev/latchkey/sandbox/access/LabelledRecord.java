package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static dev.latchkey.sandbox.access.TwoRecords.RESTRICTED;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The record of one patient with an open and a restricted visit, and an open and some restricted
/// findings; the open finding refers to the restricted visit. In a static field with
/// `@RegisterExtension` it is there while the tests of the class run.
final class LabelledRecord implements BeforeAllCallback, AfterAllCallback {
  static final String ID = "labelled-patient";
  static final String CODES = "urn:example:labelled";

  private final DaoRegistry daos = GuardedFhir.running().bean(DaoRegistry.class);

  /// Who reaches the record and is not the patient.
  enum Other {
    PROXY,
    DOCTOR_IN_CONTEXT,
    DOCTOR_OF_ALL,
    SERVICE;

    FhirCalls calls(String letters) {
      return switch (this) {
        case PROXY -> GuardedFhir.as(ID, "RelatedPerson/mother", "patient/*." + letters);
        case DOCTOR_IN_CONTEXT ->
            GuardedFhir.as(ID, "Practitioner/francisco-gusikowski", "patient/*." + letters);
        case DOCTOR_OF_ALL -> GuardedFhir.asUser(DOCTOR, "", "user/*." + letters);
        case SERVICE -> GuardedFhir.asService("system/*." + letters);
      };
    }

    void during(Runnable test) {
      GuardedFhir.users().whileTreating(List.of(ID, "alonso"), test);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    store(new Patient().setId("Patient/" + ID));
    store(visit("open-visit", "AMB"));
    store(labelled(visit("secret-visit", "EMER"), "R"));
    var open = finding("open-finding", "open");
    open.setEncounter(new Reference("Encounter/secret-visit"));
    store(open);
    var secret = finding("secret-finding", "secret");
    secret.setEncounter(new Reference("Encounter/open-visit"));
    store(labelled(secret, "R"));
    store(labelled(finding("most-secret-finding", "secret"), "V"));
    store(labelled(finding("normal-finding", "normal"), "N"));
    var deleted = finding("deleted-finding", "secret");
    store(labelled(deleted, "R"));
    remove("Observation/deleted-finding");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    for (var id :
        List.of(
            "Observation/normal-finding",
            "Observation/most-secret-finding",
            "Observation/secret-finding",
            "Observation/open-finding",
            "Encounter/secret-visit",
            "Encounter/open-visit",
            "Patient/" + ID)) {
      remove(id);
    }
  }

  void remove(String id) {
    daos.getResourceDao(id.split("/", 2)[0]).delete(new IdType(id), new SystemRequestDetails());
  }

  void store(Resource resource) {
    daos.getResourceDao(resource).update(resource, new SystemRequestDetails());
  }

  static <T extends Resource> T labelled(T resource, String code) {
    var system = RESTRICTED.split("\\|", 2)[0];
    resource.getMeta().addSecurity(new Coding(system, code, null));
    return resource;
  }

  static Encounter visit(String id, String kind) {
    var visit =
        new Encounter()
            .setStatus(EncounterStatus.FINISHED)
            .setClass_(new Coding(CODES, kind, null));
    visit.setSubject(new Reference("Patient/" + ID)).setId("Encounter/" + id);
    return visit;
  }

  static Observation finding(String id, String code) {
    var finding = new Observation().setStatus(ObservationStatus.FINAL);
    finding.setSubject(new Reference("Patient/" + ID));
    finding.getCode().addCoding(new Coding(CODES, code, null));
    finding.setId("Observation/" + id);
    return finding;
  }
}
