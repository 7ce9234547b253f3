package dev.latchkey.sandbox.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/// Two patients, each with entries of every type and of every category, and one more of every type
/// that is labelled as restricted, among all the others in the store. In each record is a
/// provenance that refers to the entries of both records. Taken out again by [#remove].
final class TwoRecords {
  /// As FHIR searches write the label.
  static final String RESTRICTED = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R";

  private final DaoRegistry daos;
  private final List<Resource> added = new ArrayList<>();

  TwoRecords(DaoRegistry daos) {
    this.daos = daos;
  }

  /// Of the provenance that refers to both records.
  static String trap(String patient) {
    return "Provenance/trap-" + patient;
  }

  void add() {
    var everything = new ArrayList<String>();
    for (var type : StoredRecords.types()) {
      if (StoredRecords.isDirectory(type) || StoredRecords.isForServices(type)) {
        var all = StoredRecords.read(daos, Set.of(type)).all(type);
        everything.add(all.iterator().next().id());
      }
    }
    for (var patient : Subject.PATIENTS) {
      store(new Patient().setId("Patient/" + patient));
      for (var type : StoredRecords.entryTypes()) {
        for (var category : categories(type)) {
          everything.add(store(entry(patient, type, category, added.size())));
        }
        everything.add(store(restricted(entry(patient, type, "", added.size()))));
      }
    }
    for (var patient : Subject.PATIENTS) {
      store(trap(patient, everything));
    }
  }

  /// Two entries of each type have none.
  private static List<String> categories(String type) {
    var categories = new ArrayList<>(ScopeForm.categories(type));
    categories.add("");
    categories.add("");
    return categories;
  }

  private static Resource entry(String patient, String type, String category, int number) {
    var element = StoredRecords.ownerElement(type);
    var owner = "{\"reference\":\"Patient/%s\"}".formatted(patient);
    var json = new StringBuilder("{\"resourceType\":\"%s\"".formatted(type));
    json.append(",\"id\":\"%s-%d\"".formatted(patient, number));
    json.append(",\"%s\":".formatted(element));
    json.append(element.equals("target") ? "[" + owner + "]" : owner);
    if (!category.isEmpty()) {
      var parts = category.split("\\|", 2);
      var coding = "{\"system\":\"%s\",\"code\":\"%s\"}".formatted(parts[0], parts[1]);
      json.append(",\"category\":[{\"coding\":[" + coding + "]}]");
    }
    return parsed(json.append("}").toString());
  }

  private static Resource restricted(Resource entry) {
    var label = RESTRICTED.split("\\|", 2);
    entry.getMeta().addSecurity(label[0], label[1], null);
    return entry;
  }

  private static Resource trap(String patient, List<String> everything) {
    var json =
        new StringBuilder("{\"resourceType\":\"Provenance\",\"id\":\"trap-" + patient + "\"");
    json.append(",\"target\":[{\"reference\":\"Patient/" + patient + "\"}");
    everything.forEach(id -> json.append(",{\"reference\":\"" + id + "\"}"));
    return parsed(json.append("]}").toString());
  }

  private static Resource parsed(String json) {
    return (Resource) FhirCalls.FHIR.newJsonParser().parseResource(json);
  }

  private String store(Resource resource) {
    daos.getResourceDao(resource).update(resource, new SystemRequestDetails());
    added.add(resource);
    return resource.getIdElement().toUnqualifiedVersionless().getValue();
  }

  void remove() {
    for (var resource : added.reversed()) {
      var id = resource.getIdElement().toUnqualifiedVersionless();
      daos.getResourceDao(resource).delete(id, new SystemRequestDetails());
    }
  }
}
