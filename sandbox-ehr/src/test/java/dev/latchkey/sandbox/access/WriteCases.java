package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.access.Expected.PastTheGates;
import dev.latchkey.sandbox.access.Expected.Refusal;
import dev.latchkey.sandbox.access.StoredRecords.Stored;
import java.util.ArrayList;
import java.util.List;

/// Every way to write one resource type. Nothing is written: the bodies cannot be read, and what is
/// deleted is referred to.
final class WriteCases {
  private static final String FHIR = "application/fhir+json";
  private static final String JSON_PATCH = "application/json-patch+json";

  private final Reach reach;
  private final String type;
  private final ScopeForm form;

  private WriteCases(Reach reach, String type, ScopeForm form) {
    this.reach = reach;
    this.type = type;
    this.form = form;
  }

  static List<AccessCase> of(Reach reach, String type, ScopeForm form) {
    return new WriteCases(reach, type, form).all();
  }

  private List<AccessCase> all() {
    var cases = new ArrayList<AccessCase>();
    var create = mayWrite('c') ? new PastTheGates() : Refusal.FORBIDDEN;
    cases.add(AccessCase.write("POST", type, "{", FHIR, create));
    for (var patient : Subject.PATIENTS) {
      for (var one : reach.stored().twoSamples(patient, type)) {
        var update = change('u', one);
        cases.add(AccessCase.write("PUT", one.id(), "{", FHIR, update));
        cases.add(AccessCase.write("PATCH", one.id(), "[", JSON_PATCH, update));
        cases.add(AccessCase.write("DELETE", one.id(), null, FHIR, change('d', one)));
      }
    }
    return cases;
  }

  private boolean mayWrite(char letter) {
    return !reach.subject().isService()
        && !StoredRecords.isDirectory(type)
        && form.opens(type, letter);
  }

  private Expected change(char letter, Stored one) {
    if (!mayWrite(letter)) {
      return Refusal.FORBIDDEN;
    }
    return reach.covers(one) ? new PastTheGates() : Refusal.MISSING;
  }
}
