package dev.latchkey.conformance.app;

import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

/// Kinds of standalone launch that several checks look at.
public enum Launch {
  /// An app with a secret, all boxes ticked.
  CONFIDENTIAL(true, Launch.EVERYTHING),
  /// An app without a secret, all boxes ticked.
  PUBLIC(false, Launch.EVERYTHING),
  /// The patient leaves out health problems and allergies.
  LIMITED(true, Launch.EVERYTHING),
  /// Scopes as SMART 1 spells them.
  VERSION_1(
      true,
      "openid fhirUser launch/patient offline_access patient/Patient.read"
          + " patient/Observation.read"),
  /// The request is posted.
  POSTED(true, "openid fhirUser launch/patient patient/Patient.rs"),
  /// Identity alone.
  IDENTITY(true, "openid fhirUser launch/patient"),
  /// For checks that end the grant.
  TO_REVOKE(true, "launch/patient offline_access patient/Patient.rs"),
  /// For checks that present a used token.
  TO_REUSE(true, "launch/patient offline_access patient/Patient.rs");

  /// What the apps of the checks ask for.
  public static final String EVERYTHING =
      "openid fhirUser launch/patient offline_access patient/Patient.rs"
          + " patient/AllergyIntolerance.rs patient/CarePlan.rs patient/CareTeam.rs"
          + " patient/Condition.rs patient/Device.rs patient/DiagnosticReport.rs"
          + " patient/DocumentReference.rs patient/Encounter.rs patient/Goal.rs"
          + " patient/Immunization.rs patient/MedicationRequest.rs patient/Observation.rs"
          + " patient/Procedure.rs";

  private final boolean confidential;
  private final String scope;

  Launch(boolean confidential, String scope) {
    this.confidential = confidential;
    this.scope = scope;
  }

  public String scope() {
    return scope;
  }

  /// Registers or takes an app, asks the person, and exchanges the code.
  Granted go(Server server) throws Unmet, NotApplicable {
    server.needs("launch-standalone");
    var attempt = Attempt.of(server, App.of(server, confidential), scope);
    var callback = decide(server, attempt);
    var answer = attempt.exchange(server, attempt.code(callback)).with(200);
    return new Granted(attempt, callback, answer, answer.json());
  }

  private URI decide(Server server, Attempt attempt) throws Unmet, NotApplicable {
    var person = server.run().person();
    Predicate<String> ticked =
        this == LIMITED
            ? value -> !value.contains("/Condition") && !value.contains("/AllergyIntolerance")
            : _ -> true;
    return this == POSTED
        ? person.decide(
            server.endpoint("authorization_endpoint"), attempt.parameters(), ticked, true)
        : person.decide(attempt.address(server), Map.of(), ticked, true);
  }
}
