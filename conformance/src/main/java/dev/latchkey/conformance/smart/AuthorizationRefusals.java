package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Authorization requests that must not end in a code (US g(10) part 9; RFC 6749 section 4.1.2.1).
final class AuthorizationRefusals {
  private static final String SCOPE = "launch/patient patient/Patient.rs";

  private AuthorizationRefusals() {}

  static Group group() {
    return new Group(
        "Authorization requests that are refused",
        "g(10) part 9, invalid aud; OpenID basic plan",
        List.of(
            new Check(
                "AUZ-3",
                "an unknown app or address gets a page and no redirect",
                AuthorizationRefusals::nobodyToAnswer),
            new Check(
                "AUZ-5",
                "a redirect URI that differs anywhere is not followed",
                AuthorizationRefusals::redirectUris),
            new Check(
                "AUZ-4",
                "other errors go to the app with its state",
                AuthorizationRefusals::errorsGoToTheApp),
            new Check(
                "AUZ-8", "a foreign aud gets no code", AuthorizationRefusals::foreignAudience),
            new Check(
                "AUZ-10", "without S256 there is no code", AuthorizationRefusals::codeChallenge),
            new Check("AUZ-2", "a repeated parameter is an error", AuthorizationRefusals::repeated),
            new Check(
                "AUZ-11",
                "state of a kilobyte comes back as it was",
                AuthorizationRefusals::longState),
            new Check("AUZ-17", "the endpoint is closed to scripts", AuthorizationRefusals::noCors),
            new Check("AUZ-18", "a no is access_denied with state", AuthorizationRefusals::denied),
            new Check(
                "AUZ-16",
                "its pages cannot be framed or kept",
                AuthorizationRefusals::pageHeaders)));
  }

  private static Attempt attempt(Server server) throws Unmet, NotApplicable {
    server.needs("launch-standalone");
    return Attempt.of(server, server.app(AppKind.SECRET), SCOPE);
  }

  private static void nobodyToAnswer(Server server) throws Unmet, NotApplicable {
    var good = attempt(server);
    Refused.assertPage(good.with("client_id", "no-such-app").sent(server));
    Refused.assertPage(good.with("client_id", "").sent(server));
    Refused.assertPage(good.with("redirect_uri", "https://attacker.example/callback").sent(server));
    Refused.assertPage(good.with("redirect_uri", "").sent(server));
  }

  private static void redirectUris(Server server) throws Unmet, NotApplicable {
    var good = attempt(server);
    var uri = good.app().redirectUri();
    for (var changed :
        List.of(
            uri + "/",
            uri + "/../callback",
            uri + "?next=https://attacker.example",
            uri + "#fragment",
            uri + "%2e",
            uri.replaceFirst("://", "://user@"),
            uri.toUpperCase(Locale.ROOT),
            uri.replaceFirst("://([^/:]+)", "://$1.attacker.example"))) {
      Refused.assertPage(good.with("redirect_uri", changed).sent(server));
    }
  }

  private static void errorsGoToTheApp(Server server) throws Unmet, NotApplicable {
    var good = attempt(server);
    Refused.assertRefused(
        good.with("response_type", "token").sent(server), good, "unsupported_response_type");
    Refused.assertRefused(good.with("response_type", "").sent(server), good, "invalid_request");
    Refused.assertRefused(
        good.with("scope", "patient/Observation.sr").sent(server), good, "invalid_scope");
    var withoutState = good.with("state", "");
    Refused.assertRefused(withoutState.sent(server), withoutState, "invalid_request");
  }

  private static void foreignAudience(Server server) throws Unmet, NotApplicable {
    var good = attempt(server);
    for (var audience : List.of("https://inferno.healthit.gov/invalid_aud", "")) {
      Refused.assertRefused(good.with("aud", audience).sent(server), good, "");
    }
  }

  private static void codeChallenge(Server server) throws Unmet, NotApplicable {
    var good = attempt(server);
    Refused.assertRefused(good.with("code_challenge", "").sent(server), good, "invalid_request");
    Refused.assertRefused(
        good.with("code_challenge", "too-short").sent(server), good, "invalid_request");
    Refused.assertRefused(
        good.with("code_challenge_method", "plain").sent(server), good, "invalid_request");
    Refused.assertRefused(
        good.with("code_challenge_method", "").sent(server), good, "invalid_request");
  }

  private static void repeated(Server server) throws Unmet, NotApplicable {
    var good = attempt(server);
    var twice = URI.create(good.address(server) + "&scope=openid");
    Refused.assertRefused(server.http().get(twice), good, "invalid_request");
  }

  private static void longState(Server server) throws Unmet, NotApplicable {
    var state = "é☃&=+%20 ".repeat(110);
    var attempt = attempt(server).with("state", state);
    Refused.assertRefused(
        attempt.with("response_type", "token").sent(server), attempt, "unsupported_response_type");
  }

  private static void noCors(Server server) throws Unmet, NotApplicable {
    var answer =
        server.http().get(attempt(server).address(server), Map.of("Origin", "https://app.example"));
    unless(
        answer.header("access-control-allow-origin").isEmpty(),
        "Access-Control-Allow-Origin is " + answer.header("access-control-allow-origin"));
  }

  private static void denied(Server server) throws Unmet, NotApplicable {
    var attempt = attempt(server).with("prompt", "consent");
    var callback =
        server.run().person().decide(attempt.address(server), Map.of(), _ -> true, false);
    var query = Attempt.query(callback);
    unless("access_denied".equals(query.get("error")), "The error is " + query.get("error"));
    unless(
        Objects.equals(attempt.parameters().get("state"), query.get("state")),
        "state is " + query.get("state"));
  }

  private static void pageHeaders(Server server) throws Unmet, NotApplicable {
    var answer = attempt(server).with("client_id", "no-such-app").sent(server);
    var policy = answer.header("content-security-policy").orElse("");
    unless(
        policy.contains("frame-ancestors") || answer.header("x-frame-options").isPresent(),
        "An error page can be framed");
    unless(
        answer.header("cache-control").filter(value -> value.contains("no-store")).isPresent(),
        "Cache-Control is " + answer.header("cache-control"));
  }
}
