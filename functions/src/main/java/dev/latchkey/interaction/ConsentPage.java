package dev.latchkey.interaction;

import dev.latchkey.account.PatientWording;
import dev.latchkey.account.User;
import dev.latchkey.http.Language;
import dev.latchkey.http.PlainText;
import dev.latchkey.policy.AccessSpan;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ScopeWording;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `consent.jte` shows.
///
/// @param record whose record; empty when the app asked for none
/// @param mayChangePatient whether there is somebody else to choose
/// @param hasEncounter whether the user has chosen a visit for the app
/// @param hasWildcard whether the app asked for everything in the record
/// @param spans how long lasting access may be; empty where the app asks for none
/// @param remembered what lasting access also means; empty where every request is asked for
/// @param once when access ends if no box of `durations` is ticked
public record ConsentPage(
    Language language,
    String txn,
    String csrf,
    App app,
    String signedInName,
    Optional<SharedRecord> record,
    boolean mayChangePatient,
    boolean hasEncounter,
    boolean hasWildcard,
    List<ConsentChoice> data,
    List<ConsentChoice> durations,
    List<Span> spans,
    String remembered,
    List<String> fixed,
    String once) {

  private static final int LONGEST_DESCRIPTION = 300;

  /// What the patient should know about the app.
  ///
  /// @param unverified whether it cannot prove that it is the app it says it is
  /// @param origin who answers for its name
  /// @param ofAnybody whether nobody does
  /// @param links to what it says of itself elsewhere
  public record App(
      String name,
      String description,
      String place,
      String identity,
      boolean unverified,
      String origin,
      boolean ofAnybody,
      String destination,
      List<Link> links) {}

  /// A page of the app's own.
  ///
  /// @param url https
  /// @param host whose page it is, as in the address
  public record Link(String label, String url, String host) {}

  /// For how long at most.
  ///
  /// @param value in the form
  public record Span(String value, String label) {}

  /// Whose record.
  ///
  /// @param details birth date and relationship in plain words
  public record SharedRecord(String name, String details) {}

  /// What the app wants to do, for the heading.
  public ConsentText purpose() {
    if (data.isEmpty() && record.isEmpty()) {
      return ConsentText.TO_KNOW_YOU;
    }
    var alters = data.stream().anyMatch(ConsentChoice::alters);
    if (data.stream().anyMatch(ConsentChoice::isOfEveryRecord)) {
      return alters ? ConsentText.TO_ALTER_ALL : ConsentText.TO_SEE_ALL;
    }
    return alters ? ConsentText.TO_ALTER : ConsentText.TO_SEE;
  }

  public String say(ConsentText text) {
    return text.in(language);
  }

  static ConsentPage of(
      Visit visit,
      User user,
      ConsentOffer offer,
      Map<ResourceScope, Integer> counts,
      boolean isRemembered) {
    var language = visit.language();
    var wording = AccessWording.of(visit);
    return new ConsentPage(
        language,
        visit.id().value(),
        visit.csrf(),
        app(AppDescription.of(visit)),
        PlainText.name(user.name()),
        visit
            .transaction()
            .chosenPatient()
            .flatMap(user::patient)
            .map(patient -> record(patient, language)),
        user.patients().size() > 1 && NextStep.mayChoosePatient(visit.transaction()),
        visit.transaction().encounter() != null,
        offer.hasWildcard(),
        offer.data().stream().map(kind -> ConsentChoice.of(kind, counts, language)).toList(),
        offer.durations().stream().map(scope -> ConsentChoice.of(scope, wording)).toList(),
        spans(offer, wording),
        isRemembered && offer.isOfLastingAccess() ? wording.remembered() : "",
        offer.fixed().stream().map(new ScopeWording(language)::sentence).toList(),
        wording.once());
  }

  private static List<Span> spans(ConsentOffer offer, AccessWording wording) {
    return offer.isOfLastingAccess()
        ? Arrays.stream(AccessSpan.values())
            .map(span -> new Span(span.word(), wording.span(span)))
            .toList()
        : List.of();
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
        PlainText.name(app.destination()),
        app.links());
  }

  private static SharedRecord record(User.PatientAccess patient, Language language) {
    return new SharedRecord(
        PlainText.name(patient.name()), PatientWording.details(patient, language));
  }
}
