package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.access.Expected.Exactly;
import dev.latchkey.sandbox.access.Expected.Refusal;
import dev.latchkey.sandbox.access.Expected.SomeOf;
import dev.latchkey.sandbox.access.StoredRecords.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Every way to one resource type for one subject with one form of scopes.
///
/// `form` is what the plain token holds; `wide` is the same with Patient and Provenance on top, for
/// the paths that start there.
final class AccessCases {
  private static final String NOBODYS = "nobody-has-this";

  private final StoredRecords stored;
  private final PageLinks pages;
  private final Subject subject;
  private final Reach reach;
  private final String type;
  private final ScopeForm form;
  private final ScopeForm wide;
  private final List<AccessCase> cases = new ArrayList<>();

  private AccessCases(
      StoredRecords stored, PageLinks pages, Subject subject, String type, ScopeForm form) {
    this.stored = stored;
    this.pages = pages;
    this.subject = subject;
    this.reach = new Reach(stored, subject);
    this.type = type;
    this.form = form;
    this.wide = subject.widened(form);
  }

  static List<AccessCase> of(
      StoredRecords stored, PageLinks pages, Subject subject, String type, ScopeForm form) {
    var cases = new AccessCases(stored, pages, subject, type, form);
    cases.byId();
    cases.cases.addAll(SearchCases.of(cases.reach, type, form));
    cases.byCompartment();
    cases.byInclude();
    cases.byReverseInclude();
    cases.byChain();
    cases.byPage();
    cases.byEverything();
    cases.cases.addAll(WriteCases.of(cases.reach, type, form));
    return subject.hasToken()
        ? cases.cases
        : cases.cases.stream().map(one -> one.expecting(Refusal.NO_TOKEN)).toList();
  }

  private boolean isDirectory() {
    return StoredRecords.isDirectory(type);
  }

  private boolean isEntry() {
    return StoredRecords.entryTypes().contains(type);
  }

  private boolean isPatient() {
    return type.equals(StoredRecords.PATIENT);
  }

  private static boolean comesAlong(ScopeForm scopes, Stored one) {
    return scopes.opens(one, 'r') || scopes.opens(one, 's');
  }

  private void byId() {
    for (var owner : Subject.PATIENTS) {
      for (var sample : stored.samples(owner, type)) {
        var answer = readable(sample);
        cases.add(AccessCase.get("read", sample.id(), answer));
        var version = sample.id() + "/_history/" + sample.version();
        cases.add(AccessCase.get("vread", version, answer));
        cases.add(AccessCase.get("history", sample.id() + "/_history", answer));
      }
    }
    var missing = form.opens(type, 'r') ? Refusal.MISSING : Refusal.FORBIDDEN;
    cases.add(AccessCase.get("read", type + "/" + NOBODYS, missing));
    cases.add(AccessCase.get("history of the type", type + "/_history", Refusal.NOT_OFFERED));
  }

  private Expected readable(Stored one) {
    if (!form.opens(type, 'r')) {
      return Refusal.FORBIDDEN;
    }
    return reach.covers(one) && form.opens(one, 'r') ? Exactly.only(one.id()) : Refusal.MISSING;
  }

  private void byCompartment() {
    for (var patient : Subject.PATIENTS) {
      var url = "Patient/" + patient + "/" + type;
      cases.add(AccessCase.get("compartment", url, Refusal.NOT_OFFERED));
    }
  }

  /// The record in which a search has to stay, where it has to say so.
  private String named(String patient) {
    return subject.mustNameOne() ? "&patient=" + patient : "";
  }

  /// From a provenance in each record that refers to resources of both.
  private void byInclude() {
    for (var patient : Subject.PATIENTS) {
      var trap = stored.get(TwoRecords.trap(patient));
      var search = "Provenance?_id=" + trap.bareId() + "&_include=Provenance:target:" + type;
      Expected answer = Refusal.FORBIDDEN;
      if (wide.opens(type, 'r') || wide.opens(type, 's')) {
        var ids =
            reach.ids(
                type,
                one ->
                    reach.covers(trap)
                        && comesAlong(wide, one)
                        && trap.targets().contains(one.id()));
        var matches = reach.ids("Provenance", trap::equals);
        answer = new Exactly(Reach.both(matches, ids), OptionalInt.of(matches.size()));
      }
      cases.add(AccessCase.wide("_include", search + named(patient), answer));
    }
  }

  private void byReverseInclude() {
    for (var patient : Subject.PATIENTS) {
      for (var sample : stored.samples(patient, type)) {
        if (!isPatient()) {
          var search = type + "?_id=" + sample.bareId() + "&_revinclude=Provenance:target";
          var url = search + (isEntry() ? named(patient) : "");
          cases.add(AccessCase.wide("_revinclude of what refers to it", url, referring(sample)));
        }
      }
      if (isEntry() && subject.sees(patient)) {
        var url = "Patient?_id=%s&_revinclude=%s:patient&_elements=id".formatted(patient, type);
        cases.add(AccessCase.wide("_revinclude", url, broughtBy(patient)));
      }
    }
  }

  private Expected referring(Stored sample) {
    if (!wide.opens(type, 's') || isDirectory()) {
      return Refusal.FORBIDDEN;
    }
    var matches = reach.ids(type, one -> one.equals(sample) && wide.opens(one, 's'));
    var more =
        reach.ids("Provenance", one -> !matches.isEmpty() && one.targets().contains(sample.id()));
    return new Exactly(Reach.both(matches, more), OptionalInt.of(matches.size()));
  }

  private Expected broughtBy(String patient) {
    if (!wide.opens(type, 's')) {
      return Refusal.FORBIDDEN;
    }
    var brought =
        reach.ids(
            type,
            one ->
                comesAlong(wide, one)
                    && one.references().contains("Patient/" + patient)
                    && isOf(one, patient));
    return new Exactly(Reach.both(Set.of("Patient/" + patient), brought), OptionalInt.of(1));
  }

  /// A chain and a reverse chain are answered by yes or no, so they need all of the type.
  private void byChain() {
    for (var patient : Subject.PATIENTS) {
      for (var sample : stored.twoSamples(patient, type)) {
        var search = "Provenance?target:%s._id=%s".formatted(type, sample.bareId());
        var origins =
            reach.ids(
                "Provenance",
                one ->
                    reach.covers(sample)
                        && one.targets().contains(sample.id())
                        && (!subject.mustNameOne() || isOf(one, patient)));
        var answer = wide.opensAll(type, 's') ? Reach.matches(origins) : Refusal.FORBIDDEN;
        cases.add(AccessCase.wide("chain", search + named(patient), answer));
      }
      var has = "Patient?_has:%s:patient:patient=Patient/%s".formatted(type, patient);
      Expected answer = Refusal.FORBIDDEN;
      if (isEntry() && wide.opensAll(type, 's')) {
        var isThere = stored.of(patient, type).stream().anyMatch(reach::covers);
        answer = Reach.matches(isThere ? Set.of("Patient/" + patient) : Set.of());
      }
      cases.add(AccessCase.wide("_has", has, answer));
    }
  }

  private void byPage() {
    for (var patient : Subject.PATIENTS) {
      pages
          .of(patient, type)
          .ifPresent(
              link -> {
                var isShown = isDirectory() || subject.isThePatient(patient);
                cases.add(
                    AccessCase.get("page link", link, isShown ? page(patient) : Refusal.MISSING));
              });
      pages
          .openOf(patient, type)
          .ifPresent(link -> cases.add(AccessCase.get("open page link", link, page(patient))));
    }
    pages
        .ofBoth(type)
        .ifPresent(link -> cases.add(AccessCase.get("page link of both", link, pageOfBoth())));
  }

  private Expected page(String patient) {
    if (!isDirectory() && (!subject.sees(patient) || isOfNobody())) {
      return Refusal.MISSING;
    }
    if (!form.opens(type, 's')) {
      return Refusal.FORBIDDEN;
    }
    return shown(reach.ids(type, one -> isDirectory() || isOf(one, patient)));
  }

  /// Whose records a user may see counts for `user/` scopes only.
  private boolean isOfNobody() {
    return subject.isUser() && form.grants().isEmpty();
  }

  private Expected pageOfBoth() {
    if (!isDirectory() && (!subject.seesBoth() || isOfNobody())) {
      return Refusal.MISSING;
    }
    return form.opens(type, 's') ? shown(ofBoth()) : Refusal.FORBIDDEN;
  }

  private Set<String> ofBoth() {
    return reach.ids(
        type, one -> isDirectory() || one.owner().filter(Subject.PATIENTS::contains).isPresent());
  }

  /// It was made by a search without a category, so it counts what is kept back here.
  private Expected shown(Set<String> ids) {
    return form.opensAll(type, 's') ? new SomeOf(ids, 1) : Refusal.MISSING;
  }

  private static boolean isOf(Stored one, String patient) {
    return one.owner().filter(patient::equals).isPresent();
  }

  private void byEverything() {
    for (var patient : Subject.PATIENTS) {
      var url = "Patient/%s/$everything?_type=%s&_count=200".formatted(patient, type);
      cases.add(AccessCase.wide("$everything", url, everything(patient)));
    }
  }

  private Expected everything(String patient) {
    if (subject.isService()) {
      return Refusal.FORBIDDEN;
    }
    if (!subject.sees(patient)) {
      return Refusal.MISSING;
    }
    var isNothing = !wide.opens(type, 'r') && !wide.opens(type, 's');
    if (isNothing || !subject.isThePatient(patient)) {
      return Refusal.FORBIDDEN;
    }
    var ids =
        reach.ids(type, one -> comesAlong(wide, one) && (isDirectory() || isOf(one, patient)));
    // The patient always comes along; of the directory, what the record points at.
    var all = Reach.both(ids, Set.of("Patient/" + patient));
    return isDirectory() ? new SomeOf(all, 1) : new Exactly(all, OptionalInt.empty());
  }
}
