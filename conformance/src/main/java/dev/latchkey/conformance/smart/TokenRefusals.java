package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.App;
import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Token requests that must not end in a token (US g(10) part 9; RFC 6749 section 5.2).
final class TokenRefusals {
  private static final String SCOPE = "launch/patient patient/Patient.rs";

  private TokenRefusals() {}

  static Group group() {
    return new Group(
        "Token requests that are refused",
        "g(10) part 9, invalid token requests and PKCE",
        List.of(
            new Check("TOK-4", "a code that never was is exactly 400", TokenRefusals::badCode),
            new Check("TOK-6", "an unknown app is 400 or 401", TokenRefusals::badClient),
            new Check(
                "TOK-3",
                "no, a blank and a wrong verifier, and the challenge itself, are refused",
                TokenRefusals::verifiers),
            new Check(
                "TOK-5",
                "a code works once, and its second use ends all",
                TokenRefusals::codeTwice),
            new Check("TOK-1", "only posted forms are read", TokenRefusals::onlyForms),
            new Check(
                "TOK-7", "a secret that is sent in two ways is refused", TokenRefusals::twoWays),
            new Check("TOK-2", "the redirect URI has to be the same", TokenRefusals::otherRedirect),
            new Check(
                "BKS-3", "an unknown grant type is exactly 400", TokenRefusals::unknownGrant)));
  }

  private static App app(Server server) throws Unmet, NotApplicable {
    return server.app(AppKind.SECRET);
  }

  private static String code(Server server, Attempt attempt) throws Unmet, NotApplicable {
    var person = server.run().person();
    return attempt.code(person.decide(attempt.address(server), Map.of(), _ -> true, true));
  }

  private static void badCode(Server server) throws Unmet, NotApplicable {
    var attempt = Attempt.of(server, app(server), SCOPE);
    var error = attempt.exchange(server, "BAD_CODE").with(400).error();
    unless(error.equals("invalid_grant"), "The error is " + error);
  }

  private static void badClient(Server server) throws Unmet, NotApplicable {
    var attempt = Attempt.of(server, app(server), SCOPE);
    var headers = Map.of("Authorization", App.basic("BAD_CLIENT_ID", "no-secret-at-all"));
    var error =
        server
            .http()
            .post(server.endpoint("token_endpoint"), attempt.exchangeForm("BAD_CODE"), headers)
            .with(400, 401)
            .error();
    unless(error.equals("invalid_client"), "The error is " + error);
  }

  /// Each with a code of its own, so that a code that is burnt by the first does not hide the rest.
  private static void verifiers(Server server) throws Unmet, NotApplicable {
    for (var kind : Verifier.values()) {
      var attempt = Attempt.of(server, app(server), SCOPE);
      var form = new HashMap<>(attempt.exchangeForm(code(server, attempt)));
      switch (kind) {
        case MISSING -> form.remove("code_verifier");
        case BLANK -> form.put("code_verifier", "");
        case WRONG -> form.put("code_verifier", "w".repeat(73));
        case CHALLENGE -> form.put("code_verifier", attempt.parameters().get("code_challenge"));
      }
      var answer = attempt.app().post(server, "token_endpoint", form);
      unless(
          answer.status() == 400 || answer.status() == 401,
          "A verifier that is %s is answered %d".formatted(kind, answer.status()));
    }
  }

  private enum Verifier {
    MISSING,
    BLANK,
    WRONG,
    CHALLENGE
  }

  private static void codeTwice(Server server) throws Unmet, NotApplicable {
    var attempt = Attempt.of(server, app(server), SCOPE);
    var code = code(server, attempt);
    var tokens = attempt.exchange(server, code).with(200).json();
    var patient = "/Patient/" + tokens.get("patient");
    var accessToken = String.valueOf(tokens.get("access_token"));
    var _ = server.read(patient, accessToken).with(200);
    var _ = attempt.exchange(server, code).with(400);
    var _ = server.read(patient, accessToken).with(401);
  }

  private static void onlyForms(Server server) throws Unmet, NotApplicable {
    var endpoint = server.endpoint("token_endpoint");
    unless(server.http().get(endpoint).status() >= 400, "GET is served");
    var answer = server.http().post(endpoint, "application/json", "{}", Map.of());
    unless(answer.status() >= 400 && answer.status() < 500, "JSON is answered " + answer.status());
  }

  private static void twoWays(Server server) throws Unmet, NotApplicable {
    var app = app(server);
    var form = new HashMap<>(Attempt.of(server, app, SCOPE).exchangeForm("BAD_CODE"));
    form.put("client_id", app.id());
    form.put("client_secret", "not-a-secret-of-anybody");
    var error = app.post(server, "token_endpoint", form).with(400, 401).error();
    unless(!error.equals("invalid_grant"), "Only one of them was looked at");
  }

  private static void otherRedirect(Server server) throws Unmet, NotApplicable {
    var attempt = Attempt.of(server, app(server), SCOPE);
    var form = new HashMap<>(attempt.exchangeForm(code(server, attempt)));
    form.put("redirect_uri", "https://attacker.example/callback");
    var _ = attempt.app().post(server, "token_endpoint", form).with(400);
  }

  private static void unknownGrant(Server server) throws Unmet, NotApplicable {
    var form = Map.of("grant_type", "not_a_grant_type");
    var error = app(server).post(server, "token_endpoint", form).with(400).error();
    unless(error.equals("unsupported_grant_type"), "The error is " + error);
  }
}
