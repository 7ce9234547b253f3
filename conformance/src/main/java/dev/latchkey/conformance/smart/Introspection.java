package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What a token is worth, and giving it back (Inferno: token introspection; US g(10) part 9).
final class Introspection {
  /// Members of a token response that tell what was open.
  static final List<String> CONTEXT =
      List.of(
          "patient",
          "encounter",
          "fhirContext",
          "intent",
          "tenant",
          "appContext",
          "need_patient_banner",
          "smart_style_url");

  private Introspection() {}

  static Group group() {
    return new Group(
        "Introspection and revocation",
        "SMART App Launch, token introspection; g(10) part 9, revocation",
        List.of(
            new Check(
                "INT-1", "a live token is reported with its scope and app", Introspection::active),
            new Check("INT-2", "the launch context is repeated", Introspection::context),
            new Check("INT-3", "the user is the id token's", Introspection::user),
            new Check("INT-4", "anything else is inactive, and no more", Introspection::inactive),
            new Check("INT-5", "strangers are not told", Introspection::strangers),
            new Check("REV-1", "an unknown token is no error", Introspection::revokesNothing),
            new Check(
                "REV-2",
                "giving the refresh token back ends the access token too",
                Introspection::revoked)));
  }

  private static Map<String, Object> introspected(Server server, String token)
      throws Unmet, NotApplicable {
    var app = server.granted(Launch.CONFIDENTIAL).app();
    return app.post(server, "introspection_endpoint", Map.of("token", token)).with(200).json();
  }

  private static void active(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    var members = introspected(server, granted.accessToken());
    unless(Boolean.TRUE.equals(members.get("active")), "active is " + members.get("active"));
    unless(
        granted.app().id().equals(members.get("client_id")),
        "client_id is " + members.get("client_id"));
    var scopes = new HashSet<>(Arrays.asList(String.valueOf(members.get("scope")).split(" ", -1)));
    unless(scopes.equals(new HashSet<>(granted.scopes())), "scope is " + members.get("scope"));
    unless(
        members.get("exp") instanceof Number exp
            && exp.longValue() > Instant.now().getEpochSecond(),
        "exp is " + members.get("exp"));
  }

  private static void context(Server server) throws Unmet, NotApplicable {
    assertContext(server, server.granted(Launch.CONFIDENTIAL));
  }

  static void assertContext(Server server, Granted granted) throws Unmet, NotApplicable {
    var form = Map.of("token", granted.accessToken());
    var members = granted.app().post(server, "introspection_endpoint", form).with(200).json();
    for (var name : CONTEXT) {
      var said = granted.tokens().get(name);
      unless(
          said == null || said.equals(members.get(name)),
          "%s is %s".formatted(name, members.get(name)));
    }
  }

  private static void user(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var granted = server.granted(Launch.CONFIDENTIAL);
    var claims = IdToken.verified(server, granted);
    var members = introspected(server, granted.accessToken());
    unless(claims.getIssuer().equals(members.get("iss")), "iss is " + members.get("iss"));
    unless(claims.getSubject().equals(members.get("sub")), "sub is " + members.get("sub"));
  }

  private static void inactive(Server server) throws Unmet, NotApplicable {
    var members = introspected(server, "invalid_token_value");
    unless(members.equals(Map.of("active", false)), "The answer is " + members);
  }

  private static void strangers(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    var form = Map.of("token", granted.accessToken());
    var _ = server.http().post(server.endpoint("introspection_endpoint"), form, Map.of()).with(401);
  }

  private static void revokesNothing(Server server) throws Unmet, NotApplicable {
    var app = server.granted(Launch.TO_REVOKE).app();
    var form = Map.of("token", "never-was-a-token", "token_type_hint", "refresh_token");
    var _ = app.post(server, "revocation_endpoint", form).with(200);
  }

  private static void revoked(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.TO_REVOKE);
    var patient = "/Patient/" + granted.text("patient");
    var _ = server.read(patient, granted.accessToken()).with(200);
    var form = Map.of("token", granted.text("refresh_token"));
    var _ = granted.app().post(server, "revocation_endpoint", form).with(200);
    var _ = server.read(patient, granted.accessToken()).with(401, 403);
    var refresh =
        Map.of("grant_type", "refresh_token", "refresh_token", granted.text("refresh_token"));
    var _ = granted.app().post(server, "token_endpoint", refresh).with(400, 401);
  }
}
