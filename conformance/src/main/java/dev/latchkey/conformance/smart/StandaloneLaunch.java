package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.app.Credential;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// From the authorization request to the token (SMART 2.2, standalone launch).
final class StandaloneLaunch {
  private static final int LONGEST_TOKEN = 4096;

  private StandaloneLaunch() {}

  static Group group() {
    return new Group(
        "Standalone launch",
        "SMART App Launch, standalone launch",
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
                "REF-1", "a public app gets a refresh token too", StandaloneLaunch::publicRefresh),
            new Check("AUZ-1", "the request may be posted", StandaloneLaunch::posted),
            new Check(
                "TOK-8",
                "what is issued needs no escaping in a header or a form",
                StandaloneLaunch::urlSafe),
            new Check(
                "TRS-6",
                "a token with every type and category stays below 4 kB and works",
                StandaloneLaunch::smallToken)));
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
      TokenAnswers.assertWhole(granted);
    }
  }

  private static void isNotKept(Server server) throws Unmet, NotApplicable {
    TokenAnswers.assertNotKept(server.granted(Launch.CONFIDENTIAL).answer());
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

  private static void publicRefresh(Server server) throws Unmet, NotApplicable {
    unless(
        !server.granted(Launch.PUBLIC).text("refresh_token").isEmpty(), "refresh_token is empty");
  }

  private static void posted(Server server) throws Unmet, NotApplicable {
    server.needs("authorize-post");
    var _ = server.granted(Launch.POSTED).accessToken();
  }

  private static void urlSafe(Server server) throws Unmet, NotApplicable {
    for (var launch : List.of(Launch.CONFIDENTIAL, Launch.PUBLIC)) {
      var granted = server.granted(launch);
      var app = granted.app();
      assertUrlSafe("the code", Attempt.query(granted.callback()).getOrDefault("code", ""));
      assertUrlSafe("access_token", granted.accessToken());
      assertUrlSafe("refresh_token", granted.text("refresh_token"));
      assertUrlSafe("client_id", app.id());
      if (app.credential() instanceof Credential.Secret(var secret)) {
        assertUrlSafe("client_secret", secret);
      }
    }
  }

  /// Unreserved characters alone (RFC 3986 section 2.3).
  private static void assertUrlSafe(String what, String issued) throws Unmet {
    unless(issued.matches("[A-Za-z0-9._~-]+"), what + " has characters that need escaping");
  }

  private static void smallToken(Server server) throws Unmet, NotApplicable {
    server.needs("permission-v2");
    server.needs("authorize-post");
    var granted = server.granted(Launch.WIDEST);
    var length = granted.accessToken().length();
    unless(
        length < LONGEST_TOKEN,
        "With %d scopes the access token has %d characters"
            .formatted(granted.scopes().size(), length));
    var _ = server.read("/Patient/" + granted.text("patient"), granted.accessToken()).with(200);
  }
}
