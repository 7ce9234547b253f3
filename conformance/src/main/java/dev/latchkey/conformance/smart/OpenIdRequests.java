package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What OpenID Connect adds to requests and answers: the modules of the OpenID basic plan that
/// apply, with PKCE and `aud` added.
final class OpenIdRequests {
  private static final String SCOPE = "openid fhirUser launch/patient patient/Patient.rs";
  private static final List<String> NOBODY_HERE =
      List.of("login_required", "interaction_required", "consent_required");

  private OpenIdRequests() {}

  static Group group() {
    return new Group(
        "OpenID Connect requests",
        "OpenID basic plan",
        List.of(
            new Check(
                "AUZ-14",
                "prompt=none with nobody signed in is an error",
                OpenIdRequests::promptNone),
            new Check("AUZ-14", "max_age brings auth_time", OpenIdRequests::maxAge),
            new Check(
                "AUZ-15", "other parameters of OpenID break nothing", OpenIdRequests::harmless),
            new Check("AUZ-2", "an unknown parameter is ignored", OpenIdRequests::unknown),
            new Check("OID-4", "without openid there is no id token", OpenIdRequests::noIdToken),
            new Check("OID-5", "UserInfo names the same user", OpenIdRequests::userInfo),
            new Check(
                "OID-6", "sub is the same each time and for each app", OpenIdRequests::stableSub)));
  }

  private static Attempt attempt(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    return Attempt.of(server, server.app(AppKind.SECRET), SCOPE);
  }

  private static void promptNone(Server server) throws Unmet, NotApplicable {
    var attempt = attempt(server).with("prompt", "none");
    var answer = attempt.sent(server);
    Refused.assertRefused(answer, attempt, "");
    var location = answer.header("location");
    if (location.isPresent()) {
      var error = Attempt.query(URI.create(location.get())).getOrDefault("error", "");
      unless(NOBODY_HERE.contains(error), "The error is " + error);
    }
    var both = attempt(server).with("prompt", "none login");
    Refused.assertRefused(both.sent(server), both, "invalid_request");
  }

  private static void maxAge(Server server) throws Unmet, NotApplicable {
    var attempt = attempt(server).with("max_age", "10000").with("prompt", "login");
    var callback = server.run().person().decide(attempt.address(server), Map.of(), _ -> true, true);
    var tokens = attempt.exchange(server, attempt.code(callback)).with(200).json();
    var claims = IdToken.claims(server, String.valueOf(tokens.get("id_token")));
    unless(
        claims.getClaim("auth_time") instanceof Number,
        "auth_time is " + claims.getClaim("auth_time"));
  }

  private static void harmless(Server server) throws Unmet, NotApplicable {
    var harmless = new LinkedHashMap<String, String>();
    harmless.put("login_hint", "somebody");
    harmless.put("ui_locales", "es en");
    harmless.put("claims_locales", "se");
    harmless.put("acr_values", "1 2");
    harmless.put("display", "popup");
    harmless.put("id_token_hint", "not-a-token");
    for (var parameter : harmless.entrySet()) {
      assertAsked(server, attempt(server).with(parameter.getKey(), parameter.getValue()));
    }
  }

  private static void unknown(Server server) throws Unmet, NotApplicable {
    assertAsked(server, attempt(server).with("extra", "foobar"));
  }

  /// The user gets a page of the server.
  private static void assertAsked(Server server, Attempt attempt) throws Unmet, NotApplicable {
    var answer = attempt.sent(server).with(200, 302, 303);
    var location = answer.header("location").orElse("");
    unless(
        !location.startsWith(attempt.app().redirectUri()),
        "It is sent back to the app: " + location);
  }

  private static void noIdToken(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    unless(
        !server.granted(Launch.TO_REVOKE).tokens().containsKey("id_token"),
        "Without openid there is an id token");
  }

  private static void userInfo(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var issuer = server.smartConfiguration().get("issuer");
    var document =
        server
            .http()
            .get(URI.create(issuer + "/.well-known/openid-configuration"))
            .with(200)
            .json();
    if (!(document.get("userinfo_endpoint") instanceof String address)) {
      throw new NotApplicable("openid-configuration has no userinfo_endpoint");
    }
    var granted = server.granted(Launch.CONFIDENTIAL);
    var claims = IdToken.verified(server, granted);
    var headers = Map.of("Authorization", "Bearer " + granted.accessToken());
    for (var method : List.of("GET", "POST")) {
      var members = server.http().send(method, URI.create(address), headers).with(200).json();
      unless(claims.getSubject().equals(members.get("sub")), "sub is " + members.get("sub"));
      unless(
          claims.getClaim("fhirUser").equals(members.get("fhirUser")),
          "fhirUser is " + members.get("fhirUser"));
    }
    var _ = server.http().get(URI.create(address)).with(401);
  }

  private static void stableSub(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var granted = server.granted(Launch.CONFIDENTIAL);
    var sub = IdToken.verified(server, granted).getSubject();
    for (var launch : List.of(Launch.IDENTITY, Launch.PUBLIC)) {
      var other = IdToken.verified(server, server.granted(launch)).getSubject();
      unless(sub.equals(other), "sub changes");
    }
    unless(!sub.equals(granted.text("patient")), "sub is the id of the patient");
  }
}
