package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Scopes;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.List;

/// What a patient allows is granted, and only that can be read (45 CFR 170.315(g)(10)).
final class PatientsChoice {
  private PatientsChoice() {}

  static Group group() {
    return new Group(
        "The patient's choice",
        "g(10) part 1, single patient full; part 2, limited access; part 9, SMART 1 scopes",
        List.of(
            new Check(
                "SCO-8",
                "a patient who allows everything grants each type of a record",
                PatientsChoice::everyTypeIsGranted),
            new Check(
                "SCO-2", "every granted type can be searched", PatientsChoice::everyTypeIsSearched),
            new Check(
                "RSV-1", "without a token the record is exactly 401", PatientsChoice::unauthorized),
            new Check("CON-1", "what the patient unticks is not granted", PatientsChoice::limited),
            new Check(
                "RSV-4", "what was not granted is refused", PatientsChoice::limitedIsEnforced),
            new Check("SCO-2", "what was left ticked is served", PatientsChoice::restIsServed),
            new Check(
                "SCO-3",
                "a request in SMART 1 spelling is answered in that spelling and opens each type",
                PatientsChoice::version1)));
  }

  private static void everyTypeIsGranted(Server server) throws Unmet, NotApplicable {
    var scopes = server.granted(Launch.CONFIDENTIAL).scopes();
    if (scopes.contains("patient/*.rs") || scopes.contains("patient/*.read")) {
      return;
    }
    var lacking =
        Scopes.TYPES.stream()
            .filter(type -> scopes.stream().noneMatch(scope -> opens(scope, type)))
            .toList();
    unless(lacking.isEmpty(), "No scope was granted for " + String.join(", ", lacking));
  }

  private static boolean opens(String scope, String type) {
    return scope.startsWith("patient/" + type + ".");
  }

  private static void everyTypeIsSearched(Server server) throws Unmet, NotApplicable {
    assertSearched(server, server.granted(Launch.CONFIDENTIAL));
  }

  private static void assertSearched(Server server, Granted granted) throws Unmet, NotApplicable {
    for (var scope : granted.scopes()) {
      if (scope.startsWith("patient/") && !scope.contains("*")) {
        var type = Scopes.type(scope);
        var answer = search(server, granted, type);
        // A server may want a status, and has to say so.
        unless(
            answer.status() == 200
                || (answer.status() == 400 && answer.body().contains("OperationOutcome")),
            "%s is answered %d".formatted(type, answer.status()));
      }
    }
  }

  private static void unauthorized(Server server) throws Unmet, NotApplicable {
    var patient = server.granted(Launch.CONFIDENTIAL).text("patient");
    var _ = server.http().get(server.fhir("/Patient/" + patient)).with(401);
  }

  private static void limited(Server server) throws Unmet, NotApplicable {
    for (var scope : server.granted(Launch.LIMITED).scopes()) {
      unless(Scopes.LEFT_OUT.stream().noneMatch(type -> opens(scope, type)), "It granted " + scope);
      unless(!scope.startsWith("patient/*"), "It granted " + scope);
    }
  }

  private static void limitedIsEnforced(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.LIMITED);
    for (var type : Scopes.LEFT_OUT) {
      var _ = search(server, granted, type).with(401, 403);
    }
  }

  private static void restIsServed(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.LIMITED);
    unless(
        granted.scopes().stream().anyMatch(scope -> opens(scope, "Observation")),
        "It granted " + granted.scopes());
    assertSearched(server, granted);
  }

  private static Answer search(Server server, Granted granted, String type)
      throws Unmet, NotApplicable {
    var parameter = type.equals("Patient") ? "_id" : "patient";
    return server.read(
        "/%s?%s=%s".formatted(type, parameter, granted.text("patient")), granted.accessToken());
  }

  private static void version1(Server server) throws Unmet, NotApplicable {
    server.needs("permission-v1");
    var granted = server.granted(Launch.VERSION_1);
    unless(granted.scopes().contains("patient/Observation.read"), "It granted " + granted.scopes());
    assertSearched(server, granted);
  }
}
