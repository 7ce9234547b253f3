package dev.latchkey.interaction;

import dev.latchkey.account.PatientWording;
import dev.latchkey.account.User;
import dev.latchkey.http.Language;
import dev.latchkey.http.PlainText;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ScopeWording;
import java.util.List;
import java.util.Optional;

/// What `consent.jte` shows.
///
/// @param record whose record; empty when the app asked for none
/// @param mayChangePatient whether there is somebody else to choose
/// @param once when access ends if no box of `durations` is ticked
public record ConsentPage(
    String txn,
    String csrf,
    App app,
    String signedInName,
    Optional<SharedRecord> record,
    boolean mayChangePatient,
    List<Choice> data,
    List<Choice> durations,
    List<String> fixed,
    String once) {

  private static final int LONGEST_DESCRIPTION = 300;
  private static final ScopeWording WORDING = new ScopeWording(Language.ENGLISH);

  /// What the patient should know about the app.
  ///
  /// @param unverified whether it cannot prove that it is the app it says it is
  /// @param origin who answers for its name
  /// @param ofAnybody whether nobody does
  public record App(
      String name,
      String description,
      String place,
      String identity,
      boolean unverified,
      String origin,
      boolean ofAnybody,
      String destination) {}

  /// Whose record.
  ///
  /// @param details birth date and relationship in plain words
  public record SharedRecord(String name, String details) {}

  /// One check box.
  ///
  /// @param value the scope string
  /// @param label what it is about
  /// @param details what may be done, or how long
  /// @param warning whether it lets the app alter the record
  public record Choice(String value, String label, String details, boolean warning) {}

  /// What the app wants to do, for the heading.
  public String purpose() {
    if (record.isEmpty()) {
      return "know who you are";
    }
    return data.stream().anyMatch(Choice::warning)
        ? "see and alter this record"
        : "see this record";
  }

  static ConsentPage of(Visit visit, User user, ConsentOffer offer) {
    var wording = AccessWording.of(visit);
    return new ConsentPage(
        visit.id().value(),
        visit.csrf(),
        app(AppDescription.of(visit)),
        PlainText.name(user.name()),
        visit.transaction().chosenPatient().flatMap(user::patient).map(ConsentPage::record),
        user.patients().size() > 1 && NextStep.mayChoosePatient(visit.transaction()),
        offer.data().stream().map(ConsentPage::data).toList(),
        offer.durations().stream().map(scope -> duration(scope, wording)).toList(),
        offer.fixed().stream().map(WORDING::sentence).toList(),
        wording.once());
  }

  private static App app(AppDescription app) {
    return new App(
        PlainText.name(app.client().name()),
        PlainText.line(app.client().profile().description(), LONGEST_DESCRIPTION),
        app.place(),
        app.identity(),
        app.isUnverified(),
        app.origin(),
        app.isOfAnybody(),
        PlainText.name(app.destination()));
  }

  private static SharedRecord record(User.PatientAccess patient) {
    return new SharedRecord(PlainText.name(patient.name()), PatientWording.details(patient));
  }

  private static Choice data(ResourceScope scope) {
    return new Choice(
        scope.spelled(),
        WORDING.what(scope),
        WORDING.may(scope.interactions()),
        ScopeWording.alters(scope.interactions()));
  }

  private static Choice duration(NamedScope scope, AccessWording wording) {
    return new Choice(scope.spelled(), wording.label(scope), wording.duration(scope), false);
  }
}
