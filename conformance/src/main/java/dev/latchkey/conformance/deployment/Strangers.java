package dev.latchkey.conformance.deployment;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is told to somebody with nothing to show (RFC 6749 section 5.2, RFC 6750 section 3, RFC
/// 7662 section 4).
final class Strangers {
  private static final Map<String, String> BEARER =
      Map.of("Authorization", "Bearer not-a-token-of-anybody");

  private static final String NOBODY = "no-such-app";

  /// A stack trace, the name of a class, or one of AWS's own errors.
  private static final Pattern INSIDE =
      Pattern.compile("\\bat [a-z]+\\.[a-z.]+|Exception\\b|arn:aws|\"message\"|amazonaws");

  private Strangers() {}

  static Group group() {
    return new Group(
        "Strangers",
        "g(10) part 9",
        List.of(
            new Check("DEP-7", "a made-up refresh token is worth nothing", Strangers::refreshToken),
            new Check("DEP-7", "a made-up access token is worth nothing", Strangers::accessToken),
            new Check("DEP-7", "it opens no record either", Strangers::fhirApi),
            new Check(
                "DEP-7", "only those who prove themselves introspect", Strangers::introspection),
            new Check("DEP-8", "an error is JSON that nobody keeps", Strangers::errors),
            new Check("DEP-8", "an error says nothing of the inside", Strangers::inside),
            new Check("AUZ-16", "a page cannot be framed or kept", Strangers::page)));
  }

  private static Answer post(Server server, String endpoint, Map<String, String> form)
      throws Unmet, NotApplicable {
    return server.http().post(server.endpoint(endpoint), form, Map.of());
  }

  private static Answer refresh(Server server) throws Unmet, NotApplicable {
    return post(
        server,
        "token_endpoint",
        Map.of(
            "grant_type", "refresh_token",
            "refresh_token", "not-a-token-of-anybody",
            "client_id", NOBODY));
  }

  private static void refreshToken(Server server) throws Unmet, NotApplicable {
    var error = refresh(server).with(400, 401).error();
    unless(
        error.equals("invalid_grant") || error.equals("invalid_client"), "The error is " + error);
  }

  private static void accessToken(Server server) throws Unmet, NotApplicable {
    var issuer = String.valueOf(server.smartConfiguration().get("issuer"));
    var document = URI.create(issuer + "/.well-known/openid-configuration");
    if (!(server.http().get(document).with(200).json().get("userinfo_endpoint")
        instanceof String endpoint)) {
      throw new NotApplicable("openid-configuration has no userinfo_endpoint");
    }
    assertChallenged(server.http().get(URI.create(endpoint), BEARER));
  }

  private static void fhirApi(Server server) throws Unmet, NotApplicable {
    assertChallenged(server.http().get(server.fhirApi("/Patient/any"), BEARER));
  }

  private static void assertChallenged(Answer answer) throws Unmet {
    var challenge = answer.with(401).header("www-authenticate").orElse("missing");
    unless(challenge.contains("invalid_token"), "WWW-Authenticate is " + challenge);
  }

  private static void introspection(Server server) throws Unmet, NotApplicable {
    var form = Map.of("token", "not-a-token-of-anybody");
    var _ = post(server, "introspection_endpoint", form).with(400, 401);
  }

  private static void errors(Server server) throws Unmet, NotApplicable {
    var answer = post(server, "token_endpoint", Map.of("grant_type", "not_a_grant_type"));
    var members = answer.with(400, 401).json();
    unless(members.get("error") instanceof String, "There is no error");
    unless(members.get("error_description") instanceof String, "There is no error_description");
    unless(
        answer.header("cache-control").filter(it -> it.contains("no-store")).isPresent(),
        "Cache-Control is " + answer.header("cache-control"));
  }

  private static void inside(Server server) throws Unmet, NotApplicable {
    var token = server.endpoint("token_endpoint");
    for (var answer :
        List.of(
            refresh(server),
            server.http().post(token, "application/json", "{", Map.of()),
            server.http().get(server.endpoint("authorization_endpoint")),
            post(server, "introspection_endpoint", Map.of("token", "%00")))) {
      unless(answer.status() < 500, "%s answered %d".formatted(answer.uri(), answer.status()));
      var found = INSIDE.matcher(answer.body());
      unless(!found.find(), "%s says: %s".formatted(answer.uri(), answer.body()));
    }
  }

  private static void page(Server server) throws Unmet, NotApplicable {
    var endpoint = server.endpoint("authorization_endpoint");
    var answer = server.http().get(URI.create(endpoint + "?client_id=" + NOBODY)).with(400);
    unless(
        answer
            .header("content-security-policy")
            .filter(it -> it.contains("frame-ancestors 'none'"))
            .isPresent(),
        "Content-Security-Policy is " + answer.header("content-security-policy"));
    for (var header :
        Map.of(
                "x-content-type-options", "nosniff",
                "referrer-policy", "no-referrer",
                "cache-control", "no-store")
            .entrySet()) {
      unless(
          answer.header(header.getKey()).filter(it -> it.contains(header.getValue())).isPresent(),
          "%s is %s".formatted(header.getKey(), answer.header(header.getKey())));
    }
  }
}
