package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.App;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.app.ServiceToken;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Services without a user (SMART 2.2, backend services).
final class BackendServices {
  private static final String PATIENTS = "system/Patient.rs";
  private static final long LONGEST = 300;

  private BackendServices() {}

  static Group group() {
    return new Group(
        "Backend services",
        "SMART backend services; g(10) part 7, authorization",
        List.of(
            new Check("BKS-1", "a service gets a token for its scopes", BackendServices::token),
            new Check(
                "BKS-2",
                "it lives for five minutes at most, without refresh token and patient",
                BackendServices::shortLived),
            new Check("BKS-1", "without a scope there is none", BackendServices::withoutScope),
            new Check(
                "SCO-10", "a patient's scope is not for a service", BackendServices::otherScope),
            new Check("BKS-3", "another grant type is exactly 400", BackendServices::otherGrant),
            new Check(
                "BKS-3", "another client_assertion_type is refused", BackendServices::otherType),
            new Check("TOK-12", "its assertion is good for one use", BackendServices::replayed),
            new Check(
                "RSV-4",
                "a service reads what it was granted, and no more",
                BackendServices::reads),
            new Check("INT-1", "its token is reported as it is", BackendServices::introspected)));
  }

  private static Map<String, String> form(Map<String, String> assertion, String scope) {
    var form = new HashMap<>(assertion);
    form.put("grant_type", "client_credentials");
    if (!scope.isEmpty()) {
      form.put("scope", scope);
    }
    return form;
  }

  private static Answer post(Server server, Map<String, String> form) throws Unmet, NotApplicable {
    return server.http().post(server.endpoint("token_endpoint"), form, Map.of());
  }

  private static Map<String, String> assertion(Server server) throws Unmet, NotApplicable {
    return server.service().assertion(server).parameters();
  }

  private static void token(Server server) throws Unmet, NotApplicable {
    var answer = post(server, form(assertion(server), PATIENTS)).with(200, 201);
    TokenAnswers.assertWhole(answer.json(), 3600);
    unless(PATIENTS.equals(answer.json().get("scope")), "scope is " + answer.json().get("scope"));
    TokenAnswers.assertNotKept(answer);
  }

  private static void shortLived(Server server) throws Unmet, NotApplicable {
    var members = ServiceToken.of(server, PATIENTS).members();
    TokenAnswers.assertWhole(members, LONGEST);
    for (var member : List.of("refresh_token", "patient", "id_token")) {
      unless(!members.containsKey(member), "The answer has " + member);
    }
  }

  private static void withoutScope(Server server) throws Unmet, NotApplicable {
    var error = post(server, form(assertion(server), "")).with(400).error();
    unless(error.startsWith("invalid_"), "The error is " + error);
  }

  private static void otherScope(Server server) throws Unmet, NotApplicable {
    var error = post(server, form(assertion(server), "patient/Patient.rs")).with(400).error();
    unless(error.equals("invalid_scope"), "The error is " + error);
  }

  private static void otherGrant(Server server) throws Unmet, NotApplicable {
    var form = form(assertion(server), PATIENTS);
    form.put("grant_type", "not_a_grant_type");
    var error = post(server, form).with(400).error();
    unless(error.equals("unsupported_grant_type"), "The error is " + error);
  }

  private static void otherType(Server server) throws Unmet, NotApplicable {
    var form = form(assertion(server), PATIENTS);
    form.put("client_assertion_type", "not_an_assertion_type");
    var _ = post(server, form).with(400, 401);
  }

  private static void replayed(Server server) throws Unmet, NotApplicable {
    var form = form(assertion(server), PATIENTS);
    var _ = post(server, form).with(200, 201);
    var error = post(server, form).with(400, 401).error();
    unless(error.equals("invalid_client"), "The error is " + error);
  }

  private static void reads(Server server) throws Unmet, NotApplicable {
    var token = ServiceToken.of(server, PATIENTS).accessToken();
    var _ = server.read("/Patient?_count=1", token).with(200);
    var _ = server.read("/Observation?_count=1", token).with(401, 403);
  }

  private static void introspected(Server server) throws Unmet, NotApplicable {
    App service = server.service();
    var token = ServiceToken.of(server, PATIENTS).accessToken();
    var members =
        service.post(server, "introspection_endpoint", Map.of("token", token)).with(200).json();
    unless(Boolean.TRUE.equals(members.get("active")), "active is " + members.get("active"));
    unless(
        service.id().equals(members.get("client_id")), "client_id is " + members.get("client_id"));
    unless(PATIENTS.equals(members.get("scope")), "scope is " + members.get("scope"));
  }
}
