package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.access.Expected.Refusal;
import dev.latchkey.sandbox.access.StoredRecords.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Every way to search one resource type for what is of that type alone.
final class SearchCases {
  private static final String LOOKS = "&_count=200&_elements=id";

  private final Reach reach;
  private final Subject subject;
  private final String type;
  private final ScopeForm form;
  private final List<AccessCase> cases = new ArrayList<>();

  private SearchCases(Reach reach, String type, ScopeForm form) {
    this.reach = reach;
    this.subject = reach.subject();
    this.type = type;
    this.form = form;
  }

  static List<AccessCase> of(Reach reach, String type, ScopeForm form) {
    var searches = new SearchCases(reach, type, form);
    if (!reach.subject().isService()) {
      var all = searches.ofAllRecords(searches.reach.ids(type, searches::found));
      searches.cases.add(AccessCase.get("search", type + "?_count=200&_elements=id", all));
    }
    Subject.PATIENTS.forEach(searches::byPatient);
    searches.byBoth();
    searches.byIds();
    return searches.cases;
  }

  private boolean isEntry() {
    return StoredRecords.entryTypes().contains(type);
  }

  private boolean isPatient() {
    return type.equals(StoredRecords.PATIENT);
  }

  private boolean found(Stored one) {
    return form.opens(one, 's');
  }

  private Expected searchable(Set<String> ids) {
    return form.opens(type, 's') ? Reach.matches(ids) : Refusal.FORBIDDEN;
  }

  /// Of a search that names no patient, or both.
  private Expected ofAllRecords(Set<String> ids) {
    return isEntry() && subject.mustNameOne() && form.opens(type, 's')
        ? Refusal.NAME_ONE
        : searchable(ids);
  }

  private void byPatient(String patient) {
    var theirs =
        searchable(
            reach.ids(type, one -> found(one) && one.owner().filter(patient::equals).isPresent()));
    var answer = subject.sees(patient) ? theirs : Refusal.FORBIDDEN;
    if (isEntry()) {
      var search = "patient=" + patient + LOOKS;
      cases.add(AccessCase.get("search by patient", type + "?" + search, answer));
      cases.add(AccessCase.form("search by patient, posted", type, search, answer));
    }
    if (StoredRecords.ownerElement(type).equals("subject")) {
      var search = type + "?subject=Patient/" + patient + LOOKS;
      cases.add(AccessCase.get("search by subject", search, answer));
    }
    if (isPatient()) {
      cases.add(AccessCase.get("search by id", "Patient?_id=" + patient, answer));
      cases.add(AccessCase.form("search by id, posted", type, "_id=" + patient, answer));
    }
  }

  private void byBoth() {
    if (!isEntry() && !isPatient()) {
      return;
    }
    var ids =
        reach.ids(
            type, one -> found(one) && one.owner().filter(Subject.PATIENTS::contains).isPresent());
    var search = (isPatient() ? "?_id=" : "?patient=") + String.join(",", Subject.PATIENTS) + LOOKS;
    var answer = subject.seesBoth() ? ofAllRecords(ids) : Refusal.FORBIDDEN;
    cases.add(AccessCase.get("search by both patients", type + search, answer));
  }

  private void byIds() {
    var asked =
        Subject.PATIENTS.stream()
            .flatMap(patient -> reach.stored().samples(patient, type).stream())
            .toList();
    var search = "_id=" + String.join(",", asked.stream().map(Stored::bareId).toList());
    if (asked.isEmpty() || isPatient()) {
      return;
    }
    var answer = ofAllRecords(reach.ids(type, one -> found(one) && asked.contains(one)));
    cases.add(AccessCase.get("search by ids", type + "?" + search, answer));
    cases.add(AccessCase.form("search by ids, posted", type, search, answer));
  }
}
