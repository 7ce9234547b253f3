package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Apps that are pages in a browser (SMART 2.2, "Considerations for Cross-Origin Resource
/// Sharing").
final class PublicPages {
  private static final String ORIGIN = "https://app.example";

  private PublicPages() {}

  static Group group() {
    return new Group(
        "Apps in a browser page",
        "SMART App Launch, CORS of public clients",
        List.of(
            new Check("COR-2", "a page may read its tokens", PublicPages::tokens),
            new Check("COR-2", "a page may ask first: token endpoint", PublicPages::tokenPreflight),
            new Check("COR-2", "a page may ask first: FHIR API", PublicPages::fhirPreflight),
            new Check("COR-2", "a page may read the record", PublicPages::record),
            new Check("COR-3", "a page may read why it got no token", PublicPages::errors)));
  }

  private static Answer preflight(Server server, URI address, String method, String headers)
      throws Unmet {
    var answer =
        server
            .http()
            .send(
                "OPTIONS",
                address,
                Map.of(
                    "Origin",
                    ORIGIN,
                    "Access-Control-Request-Method",
                    method,
                    "Access-Control-Request-Headers",
                    headers))
            .with(200, 204);
    assertOpen(answer, "A preflight");
    var allowed = answer.header("access-control-allow-headers").orElse("").toLowerCase(Locale.ROOT);
    for (var header : headers.split(",", -1)) {
      unless(allowed.contains(header), "%s is not among: %s".formatted(header, allowed));
    }
    return answer;
  }

  private static void assertOpen(Answer answer, String what) throws Unmet {
    var origin = answer.header("access-control-allow-origin").orElse("missing");
    unless(
        origin.equals("*") || origin.equals(ORIGIN),
        "%s has Access-Control-Allow-Origin %s".formatted(what, origin));
  }

  private static void tokens(Server server) throws Unmet, NotApplicable {
    server.needs("client-public");
    assertOpen(server.granted(Launch.PUBLIC).answer(), "The token response");
  }

  private static void tokenPreflight(Server server) throws Unmet, NotApplicable {
    server.needs("client-public");
    var _ = preflight(server, server.endpoint("token_endpoint"), "POST", "content-type");
  }

  private static void fhirPreflight(Server server) throws Unmet, NotApplicable {
    server.needs("client-public");
    var _ = preflight(server, server.fhirApi("/Patient/any"), "GET", "authorization,accept");
  }

  private static void record(Server server) throws Unmet, NotApplicable {
    server.needs("client-public");
    var granted = server.granted(Launch.PUBLIC);
    var answer =
        server
            .http()
            .get(
                server.fhir("/Patient/" + granted.text("patient")),
                Map.of("Authorization", "Bearer " + granted.accessToken(), "Origin", ORIGIN))
            .with(200);
    assertOpen(answer, "The record");
  }

  private static void errors(Server server) throws Unmet, NotApplicable {
    server.needs("client-public");
    var answer =
        server
            .http()
            .post(
                server.endpoint("token_endpoint"),
                Map.of("grant_type", "not_a_grant_type"),
                Map.of("Origin", ORIGIN))
            .with(400, 401);
    assertOpen(answer, "An error");
  }
}
