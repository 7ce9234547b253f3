package dev.latchkey.sandbox.synthea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Synthea's FHIR export leaves out and an app expects to find: coverage, consent, parents,
/// goals, what the pharmacy handed out, and the order and specimen behind a laboratory report.
final class Additions {

  private static final int ORDERED_REPORTS = 2;
  private static final int DISPENSED = 2;

  /// A goal for the first condition of this list that the patient has.
  private static final Map<String, String> GOALS =
      Map.of(
          "44054006", "Hemoglobin A1c below 7 percent",
          "59621000", "Blood pressure below 130/80 mmHg",
          "15777000", "Fasting glucose below 100 mg/dL",
          "162864005", "Body mass index below 30 kg/m2",
          "195967001", "No emergency visit for asthma this year");

  private static final List<String> GOAL_ORDER =
      List.of("44054006", "59621000", "15777000", "195967001", "162864005");

  private final Cast.Member member;
  private final List<Entry> record;
  private final String patient;
  private final String today;
  private final List<Entry> added = new ArrayList<>();

  private Additions(Cast.Member member, List<Entry> record, String today) {
    this.member = member;
    this.record = record;
    this.today = today;
    this.patient = References.to(member.syntheaId());
  }

  static List<Entry> to(List<Entry> record, Cast.Member member, boolean sensitive, String today) {
    Additions additions = new Additions(member, record, today);
    additions.guardians();
    additions.coverage();
    additions.consent(sensitive);
    additions.goal();
    additions.orders();
    additions.dispenses();
    return additions.added;
  }

  private void guardians() {
    for (Cast.Guardian guardian : member.guardians()) {
      add(
          """
          {'resourceType': 'RelatedPerson', 'id': '%s',
           'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-relatedperson']},
           'active': true, 'patient': {'reference': '%s'},
           'relationship': [{'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
             'code': '%s', 'display': '%s'}]}],
           'name': [{'use': 'official', 'family': '%s', 'given': ['%s']}], 'gender': '%s'}
          """,
          guardian.id(),
          patient,
          guardian.relationship(),
          guardian.display(),
          guardian.family(),
          guardian.given(),
          guardian.gender());
    }
  }

  private void coverage() {
    boolean senior = born().compareTo("1961") < 0;
    boolean child = !member.guardians().isEmpty();
    add(
        """
        {'resourceType': 'Coverage', 'id': 'coverage',
         'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-coverage']},
         'identifier': [{'type': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v2-0203',
           'code': 'MB', 'display': 'Member Number'}]}, 'system': 'https://latchkey.example/member', 'value': 'SYN-%s'}],
         'status': 'active',
         'type': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'code': '%s'}]},
         'subscriber': {'reference': '%s'}, 'subscriberId': 'SYN-%s', 'beneficiary': {'reference': '%s'},
         'relationship': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/subscriber-relationship',
           'code': '%s'}]},
         'period': {'start': '2026-01-01', 'end': '2026-12-31'}, 'payor': [{'reference': '%s'}],
         'class': [{'type': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/coverage-class',
           'code': 'plan'}]}, 'value': '%s', 'name': '%s'}]}
        """,
        member.id(),
        senior ? "PUBLICPOL" : "EHCPOL",
        child ? References.to(member.guardians().getFirst().id()) : patient,
        member.id(),
        patient,
        child ? "child" : "self",
        senior ? Directory.SENIOR_PLAN : Directory.HEALTH_PLAN,
        senior ? "senior-2026" : "family-2026",
        senior ? "Senior 2026" : "Family 2026");
  }

  private void consent(boolean sensitive) {
    String person =
        member.guardians().isEmpty() ? patient : References.to(member.guardians().getFirst().id());
    ObjectNode consent =
        add(
            """
            {'resourceType': 'Consent', 'id': 'consent', 'status': 'active',
             'scope': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/consentscope',
               'code': 'patient-privacy'}]},
             'category': [{'coding': [{'system': 'http://loinc.org', 'code': '59284-0', 'display': 'Consent Document'}]}],
             'patient': {'reference': '%s'}, 'dateTime': '2026-01-15', 'performer': [{'reference': '%s'}],
             'policyRule': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'code': 'OPTIN'}]},
             'provision': {'type': 'permit', 'purpose': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
               'code': 'TREAT'}]}}
            """,
            patient, person);
    if (sensitive) {
      ((ObjectNode) consent.get("provision"))
          .putArray("provision")
          .add(
              Json.object(
                  """
                  {'type': 'deny', 'securityLabel': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
                   'code': 'R'}], 'purpose': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
                   'code': 'HMARKT'}]}
                  """));
    }
  }

  private void goal() {
    Optional<Entry> condition =
        GOAL_ORDER.stream().flatMap(code -> conditions(code).stream()).findFirst();
    String text =
        condition.map(c -> GOALS.get(c.code())).orElse("Keep the yearly check-up and vaccinations");
    ObjectNode goal =
        add(
            """
            {'resourceType': 'Goal', 'id': 'goal',
             'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal']},
             'lifecycleStatus': 'active', 'description': {'text': '%s'}, 'subject': {'reference': '%s'},
             'startDate': '%s', 'target': [{'dueDate': '2027-06-30'}]}
            """,
            text, patient, today);
    condition.ifPresent(c -> goal.putArray("addresses").add(reference(c)));
    record.stream()
        .filter(e -> e.type().equals("CarePlan"))
        .reduce((first, last) -> last)
        .ifPresent(
            plan ->
                plan.resource()
                    .putArray("goal")
                    .addObject()
                    .put("reference", References.to("goal")));
  }

  private List<Entry> conditions(String code) {
    return record.stream()
        .filter(e -> e.type().equals("Condition") && e.code().equals(code))
        .limit(1)
        .toList();
  }

  /// The newest laboratory reports get the order and the specimen they came from.
  private void orders() {
    List<Entry> reports =
        record.stream()
            .filter(e -> e.type().equals("DiagnosticReport"))
            .filter(e -> e.resource().at("/category/0/coding/0/code").asText().equals("LAB"))
            .sorted((a, b) -> b.date().compareTo(a.date()))
            .limit(ORDERED_REPORTS)
            .toList();
    for (int i = 0; i < reports.size(); i++) {
      order(reports.get(i), i);
    }
  }

  private void order(Entry report, int number) {
    ObjectNode order =
        add(
            """
            {'resourceType': 'ServiceRequest', 'id': 'order-%s',
             'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-servicerequest']},
             'status': 'completed', 'intent': 'order',
             'category': [{'coding': [{'system': 'http://snomed.info/sct', 'code': '108252007',
               'display': 'Laboratory procedure'}]}],
             'subject': {'reference': '%s'}, 'authoredOn': '%s'}
            """,
            number, patient, report.date());
    copy(report, order, "code");
    copy(report, order, "encounter");
    boolean urine = report.resource().toString().contains("in Urine");
    ObjectNode specimen =
        add(
            """
            {'resourceType': 'Specimen', 'id': 'specimen-%s', 'status': 'available',
             'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-specimen']},
             'type': {'coding': [{'system': 'http://snomed.info/sct', 'code': '%s', 'display': '%s'}]},
             'subject': {'reference': '%s'}, 'collection': {'collectedDateTime': '%s'}}
            """,
            number,
            urine ? "122575003" : "119297000",
            urine ? "Urine specimen" : "Blood specimen",
            patient,
            report.date());
    ArrayNode request = specimen.putArray("request");
    request.add(reference(new Entry(order)));
    report.resource().putArray("basedOn").add(reference(new Entry(order)));
    report.resource().putArray("specimen").add(reference(new Entry(specimen)));
  }

  /// The newest active prescriptions were handed out once.
  private void dispenses() {
    List<Entry> prescriptions =
        record.stream()
            .filter(e -> e.type().equals("MedicationRequest"))
            .filter(e -> e.resource().path("status").asText().equals("active"))
            .sorted((a, b) -> b.date().compareTo(a.date()))
            .limit(DISPENSED)
            .toList();
    for (int i = 0; i < prescriptions.size(); i++) {
      dispense(prescriptions.get(i), i);
    }
  }

  private void dispense(Entry prescription, int number) {
    ObjectNode dispense =
        add(
            """
            {'resourceType': 'MedicationDispense', 'id': 'dispense-%s',
             'meta': {'profile': ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-medicationdispense']},
             'status': 'completed', 'subject': {'reference': '%s'}, 'authorizingPrescription': [{'reference': '%s'}],
             'type': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'code': 'FF',
               'display': 'First Fill'}]},
             'daysSupply': {'value': 30, 'unit': 'day', 'system': 'http://unitsofmeasure.org', 'code': 'd'},
             'whenHandedOver': '%s'}
            """,
            number, patient, References.to(prescription.id()), prescription.date());
    copy(prescription, dispense, "medicationCodeableConcept");
    copy(prescription, dispense, "medicationReference");
  }

  private static void copy(Entry from, ObjectNode to, String field) {
    JsonNode value = from.resource().get(field);
    if (value != null) {
      to.set(field, value.deepCopy());
    }
  }

  private String born() {
    return record.stream()
        .filter(e -> e.type().equals("Patient"))
        .map(e -> e.resource().path("birthDate").asText())
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode reference(Entry target) {
    return Json.MAPPER.createObjectNode().put("reference", References.to(target.id()));
  }

  private ObjectNode add(String template, Object... values) {
    ObjectNode resource = Json.object(template, values);
    added.add(new Entry(resource));
    return resource;
  }
}
