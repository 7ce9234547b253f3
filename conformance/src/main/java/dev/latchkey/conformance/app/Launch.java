package dev.latchkey.conformance.app;

import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Launches that several checks look at. Each is done once in a run.
public enum Launch {
  /// An app with a secret, all boxes ticked.
  CONFIDENTIAL(AppKind.SECRET, Scopes.EVERYTHING),
  /// An app without a secret, all boxes ticked.
  PUBLIC(AppKind.PUBLIC, Scopes.EVERYTHING),
  /// An app with a key.
  KEY(AppKind.KEY, Scopes.STANDALONE + " patient/Patient.rs"),
  /// The patient leaves out [Scopes#LEFT_OUT].
  LIMITED(AppKind.SECRET, Scopes.EVERYTHING, Way.STANDALONE, Boxes.ALL_BUT_LEFT_OUT),
  /// Scopes as SMART 1 spells them.
  VERSION_1(AppKind.SECRET, Scopes.VERSION_1),
  /// Categories of health problems and observations.
  FINE_1(
      AppKind.SECRET,
      Scopes.STANDALONE + " patient/Patient.rs " + String.join(" ", Scopes.GROUP_1)),
  /// Other categories.
  FINE_2(
      AppKind.SECRET,
      Scopes.STANDALONE + " patient/Patient.rs " + String.join(" ", Scopes.GROUP_2)),
  /// The app asks for all health problems and observations; the patient ticks categories only.
  CATEGORIES_ONLY(
      AppKind.SECRET,
      Scopes.STANDALONE + " patient/Condition.rs patient/Observation.rs patient/Patient.rs",
      Way.STANDALONE,
      Boxes.CATEGORIES),
  /// As much as can be asked for, in a posted request, since no address is long enough.
  WIDEST(AppKind.SECRET, Scopes.WIDEST, Way.POSTED, Boxes.ALL),
  /// The request is posted.
  POSTED(
      AppKind.SECRET, "openid fhirUser launch/patient patient/Patient.rs", Way.POSTED, Boxes.ALL),
  /// Identity alone.
  IDENTITY(AppKind.SECRET, "openid fhirUser launch/patient"),
  /// For checks that end the grant.
  TO_REVOKE(AppKind.SECRET, "launch/patient offline_access patient/Patient.rs"),
  /// For the patient to take back.
  TO_TAKE_BACK(AppKind.KEY, "launch/patient offline_access patient/Patient.rs"),
  /// For checks that present a used token.
  TO_REUSE(AppKind.SECRET, "launch/patient offline_access patient/Patient.rs"),
  /// Opened by an EHR on a patient and an encounter.
  EHR(
      AppKind.SECRET,
      Scopes.EHR + " patient/Patient.rs patient/Encounter.rs patient/Observation.rs",
      Way.EHR,
      Boxes.ALL),
  /// Opened by an EHR, for one type alone (US g(10) part 9).
  EHR_PATIENT(AppKind.SECRET, Scopes.EHR + " patient/Patient.rs", Way.EHR, Boxes.ALL),
  /// Opened by an EHR for what its user may see (US g(10) part 3).
  EHR_USER(
      AppKind.SECRET,
      Scopes.EHR + " user/Patient.rs user/Encounter.rs user/Observation.rs",
      Way.EHR,
      Boxes.ALL);

  /// How it starts.
  private enum Way {
    STANDALONE,
    POSTED,
    EHR
  }

  /// Which boxes of the consent page are ticked.
  private enum Boxes {
    ALL,
    ALL_BUT_LEFT_OUT,
    CATEGORIES;

    boolean isTicked(String value) {
      return switch (this) {
        case ALL -> true;
        case ALL_BUT_LEFT_OUT ->
            Scopes.LEFT_OUT.stream().noneMatch(type -> value.contains("/" + type));
        case CATEGORIES ->
            !List.of("patient/Condition.rs", "patient/Observation.rs").contains(value);
      };
    }
  }

  private final AppKind kind;
  private final String scope;
  private final Way way;
  private final Boxes ticked;

  Launch(AppKind kind, String scope) {
    this(kind, scope, Way.STANDALONE, Boxes.ALL);
  }

  Launch(AppKind kind, String scope, Way way, Boxes ticked) {
    this.kind = kind;
    this.scope = scope;
    this.way = way;
    this.ticked = ticked;
  }

  public String scope() {
    return scope;
  }

  /// Takes an app, asks the person, and exchanges the code.
  Granted go(Server server) throws Unmet, NotApplicable {
    server.needs(way == Way.EHR ? "launch-ehr" : "launch-standalone");
    // What was allowed before must not keep the person from being asked.
    var attempt = Attempt.of(server, server.app(kind), scope).with("prompt", "consent");
    if (way != Way.EHR) {
      return granted(server, attempt, decide(server, attempt));
    }
    var opened = server.run().ehr().open(server, attempt.app());
    var sent = attempt.with("launch", opened.launch());
    var callback = opened.person().decide(sent.address(server), Map.of(), ticked::isTicked, true);
    return granted(server, sent, callback);
  }

  private static Granted granted(Server server, Attempt attempt, URI callback)
      throws Unmet, NotApplicable {
    var answer = attempt.exchange(server, attempt.code(callback)).with(200);
    return new Granted(attempt, callback, answer, answer.json());
  }

  private URI decide(Server server, Attempt attempt) throws Unmet, NotApplicable {
    var person = server.run().person();
    return way == Way.POSTED
        ? person.decide(
            server.endpoint("authorization_endpoint"), attempt.parameters(), ticked::isTicked, true)
        : person.decide(attempt.address(server), Map.of(), ticked::isTicked, true);
  }
}
