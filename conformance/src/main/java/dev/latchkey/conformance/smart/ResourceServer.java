package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.List;
import java.util.Map;

/// What the FHIR API does with tokens (RFC 6750; US g(10) part 1).
final class ResourceServer {
  private ResourceServer() {}

  static Group group() {
    return new Group(
        "FHIR API",
        "g(10) part 1, unauthorized access",
        List.of(
            new Check(
                "RSV-1",
                "without a token it is 401 with a challenge, with a bad one also invalid_token",
                ResourceServer::challenges),
            new Check(
                "RSV-2",
                "a token in the address is not read, and the scheme may have any case",
                ResourceServer::headerOnly),
            new Check(
                "RSV-3",
                "another patient's record looks like none",
                ResourceServer::anotherPatient),
            new Check("RSV-8", "a token for reading does not write", ResourceServer::writes),
            new Check("COR-3", "errors can be read by a page too", ResourceServer::corsOnErrors)));
  }

  private static String patient(Server server) throws Unmet, NotApplicable {
    return "/Patient/" + server.granted(Launch.CONFIDENTIAL).text("patient");
  }

  private static void challenges(Server server) throws Unmet, NotApplicable {
    var none = server.http().get(server.fhir(patient(server))).with(401);
    var challenge = none.header("www-authenticate").orElse("");
    unless(
        challenge.startsWith("Bearer") && !challenge.contains("error="),
        "The challenge is " + challenge);
    var bad = server.read(patient(server), "not-a-token").with(401);
    unless(
        bad.header("www-authenticate").filter(value -> value.contains("invalid_token")).isPresent(),
        "The challenge is " + bad.header("www-authenticate"));
  }

  private static void headerOnly(Server server) throws Unmet, NotApplicable {
    var token = server.granted(Launch.CONFIDENTIAL).accessToken();
    var path = patient(server);
    var _ = server.http().get(server.fhir(path + "?access_token=" + token)).with(400, 401);
    var _ =
        server.http().get(server.fhir(path), Map.of("Authorization", "bEARER " + token)).with(200);
  }

  private static void anotherPatient(Server server) throws Unmet, NotApplicable {
    var other = server.run().otherPatient();
    if (other.isEmpty()) {
      throw new NotApplicable("the run names no other patient");
    }
    var granted = server.granted(Launch.CONFIDENTIAL);
    var there = server.read("/Patient/" + other.get(), granted.accessToken()).with(403, 404);
    var nowhere = server.read("/Patient/no-such-patient", granted.accessToken()).with(403, 404);
    unless(there.status() == nowhere.status(), "The status tells that the record is there");
    var search = server.read("/Observation?patient=" + other.get(), granted.accessToken());
    unless(
        search.status() == 403 || search.status() == 404 || !search.body().contains("\"entry\""),
        "The search is answered " + search.status());
  }

  private static void writes(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    var _ = post(server, granted, "Observation").with(403);
  }

  private static Answer post(Server server, Granted granted, String type) throws Unmet {
    return server
        .http()
        .post(
            server.fhir("/" + type),
            "application/fhir+json",
            "{\"resourceType\":\"%s\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}"
                .formatted(type),
            Map.of("Authorization", "Bearer " + granted.accessToken()));
  }

  private static void corsOnErrors(Server server) throws Unmet, NotApplicable {
    var answer =
        server.http().get(server.fhir(patient(server)), Map.of("Origin", "https://app.example"));
    unless(
        answer.with(401).header("access-control-allow-origin").isPresent(),
        "A 401 has no Access-Control-Allow-Origin");
  }
}
