package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// From the authorization request to the first reads (Inferno: standalone launch; US g(10) parts 1,
/// 2 and 9).
final class StandaloneLaunch {
  private StandaloneLaunch() {}

  static Group group() {
    return new Group(
        "Standalone launch",
        List.of(
            new Check(
                "AUZ-12",
                "the app gets code and state and what was registered, nothing else",
                StandaloneLaunch::callback),
            new Check(
                "AUZ-13", "the answer names its issuer", StandaloneLaunch::callbackNamesTheIssuer),
            new Check(
                "TRS-1",
                "the token response has its four fields, with their types",
                StandaloneLaunch::fourFields),
            new Check("TRS-2", "no cache keeps it", StandaloneLaunch::isNotKept),
            new Check(
                "TRS-3",
                "scope names what was granted, lifetime and identity included",
                StandaloneLaunch::echoesScopes),
            new Check(
                "LCH-5", "patient stands in the answer and can be read", StandaloneLaunch::patient),
            new Check(
                "SCO-1", "every granted scope is well formed", StandaloneLaunch::wellFormedScopes),
            new Check(
                "RSV-5",
                "every granted type can be searched",
                StandaloneLaunch::everyTypeCanBeSearched),
            new Check(
                "REF-1", "a public app gets a refresh token too", StandaloneLaunch::publicRefresh),
            new Check(
                "COR-2", "a public app's page may read its tokens", StandaloneLaunch::publicCors),
            new Check("AUZ-1", "the request may be posted", StandaloneLaunch::posted),
            new Check(
                "CON-1", "what the patient unticks is not granted", StandaloneLaunch::limited),
            new Check(
                "RSV-4", "what was not granted is refused", StandaloneLaunch::limitedIsEnforced),
            new Check(
                "SCO-3",
                "a request in SMART 1 spelling is answered in that spelling",
                StandaloneLaunch::version1)));
  }

  private static void callback(Server server) throws Unmet, NotApplicable {
    var names =
        new ArrayList<>(Attempt.query(server.granted(Launch.CONFIDENTIAL).callback()).keySet());
    names.removeAll(Set.of("code", "state", "iss"));
    unless(names.isEmpty(), "The callback also has " + names);
  }

  private static void callbackNamesTheIssuer(Server server) throws Unmet, NotApplicable {
    var iss = Attempt.query(server.granted(Launch.CONFIDENTIAL).callback()).get("iss");
    if (iss == null) {
      throw new NotApplicable("the server sends no iss (RFC 9207)");
    }
    unless(iss.equals(server.smartConfiguration().get("issuer")), "iss is " + iss);
  }

  private static void fourFields(Server server) throws Unmet, NotApplicable {
    for (var launch : List.of(Launch.CONFIDENTIAL, Launch.PUBLIC)) {
      var granted = server.granted(launch);
      unless(!granted.accessToken().isEmpty(), "access_token is empty");
      unless(
          granted.text("token_type").equalsIgnoreCase("bearer"),
          "token_type is " + granted.text("token_type"));
      unless(
          granted.tokens().get("expires_in") instanceof Number lifetime
              && lifetime.longValue() > 0
              && lifetime.longValue() <= 3600,
          "expires_in is " + granted.tokens().get("expires_in"));
      unless(!granted.scopes().isEmpty(), "scope is empty");
    }
  }

  private static void isNotKept(Server server) throws Unmet, NotApplicable {
    var answer = server.granted(Launch.CONFIDENTIAL).answer();
    unless(
        answer.header("cache-control").filter(value -> value.contains("no-store")).isPresent(),
        "Cache-Control is " + answer.header("cache-control"));
    unless(
        answer.header("pragma").filter(value -> value.contains("no-cache")).isPresent(),
        "Pragma is " + answer.header("pragma"));
  }

  private static void echoesScopes(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL).scopes();
    for (var scope : List.of("openid", "fhirUser", "launch/patient", "offline_access")) {
      unless(granted.contains(scope), scope + " is missing in " + granted);
    }
  }

  private static void patient(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    var patient = granted.text("patient");
    var read = server.read("/Patient/" + patient, granted.accessToken()).with(200).json();
    unless(
        "Patient".equals(read.get("resourceType")) && patient.equals(read.get("id")),
        "Patient/%s is %s/%s".formatted(patient, read.get("resourceType"), read.get("id")));
  }

  private static void wellFormedScopes(Server server) throws Unmet, NotApplicable {
    for (var launch : List.of(Launch.CONFIDENTIAL, Launch.VERSION_1)) {
      for (var scope : server.granted(launch).scopes()) {
        var isData = scope.startsWith("patient/") || scope.startsWith("user/");
        unless(
            !isData
                || scope.matches(
                    "(patient|user)/(\\*|[A-Z][A-Za-z]+)\\.(read|write|\\*|c?r?u?d?s?)(\\?.+)?"),
            "It granted " + scope);
      }
    }
  }

  private static void everyTypeCanBeSearched(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    for (var scope : granted.scopes()) {
      if (scope.startsWith("patient/") && !scope.startsWith("patient/Patient")) {
        var type = scope.substring("patient/".length(), scope.indexOf('.'));
        var search = "/%s?patient=%s".formatted(type, granted.text("patient"));
        var _ = server.read(search, granted.accessToken()).with(200);
      }
    }
  }

  private static void publicRefresh(Server server) throws Unmet, NotApplicable {
    unless(
        !server.granted(Launch.PUBLIC).text("refresh_token").isEmpty(), "refresh_token is empty");
  }

  private static void publicCors(Server server) throws Unmet, NotApplicable {
    var answer = server.granted(Launch.PUBLIC).answer();
    unless(
        answer.header("access-control-allow-origin").isPresent(),
        "There is no Access-Control-Allow-Origin");
  }

  private static void posted(Server server) throws Unmet, NotApplicable {
    server.needs("authorize-post");
    var _ = server.granted(Launch.POSTED).accessToken();
  }

  private static void limited(Server server) throws Unmet, NotApplicable {
    for (var scope : server.granted(Launch.LIMITED).scopes()) {
      unless(
          !scope.startsWith("patient/Condition") && !scope.startsWith("patient/AllergyIntolerance"),
          "It granted " + scope);
    }
  }

  private static void limitedIsEnforced(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.LIMITED);
    for (var type : List.of("Condition", "AllergyIntolerance")) {
      var _ = search(server, granted, type).with(401, 403);
    }
    var _ = search(server, granted, "Observation").with(200);
  }

  private static Answer search(Server server, Granted granted, String type) throws Unmet {
    return server.read(
        "/%s?patient=%s".formatted(type, granted.text("patient")), granted.accessToken());
  }

  private static void version1(Server server) throws Unmet, NotApplicable {
    server.needs("permission-v1");
    var granted = server.granted(Launch.VERSION_1);
    unless(granted.scopes().contains("patient/Observation.read"), "It granted " + granted.scopes());
    var _ = search(server, granted, "Observation").with(200);
  }
}
