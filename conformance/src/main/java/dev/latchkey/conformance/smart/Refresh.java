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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A new access token (Inferno: refresh).
final class Refresh {
  private Refresh() {}

  static Group group() {
    return new Group(
        "Refresh",
        "SMART App Launch, token refresh",
        List.of(
            new Check(
                "REF-3",
                "without scope and with all of it, the answer is whole and spells scopes as before",
                Refresh::twice),
            new Check("REF-4", "less scope narrows the access token alone", Refresh::narrowed),
            new Check("REF-9", "a token that never was is refused", Refresh::unknown),
            new Check(
                "REF-2", "an app with a secret cannot refresh without it", Refresh::withoutSecret),
            new Check("REF-5", "a used token that comes back ends the grant", Refresh::reuseEnds)));
  }

  private static void twice(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.VERSION_1);
    var first = refreshed(server, granted, granted.text("refresh_token"), "");
    var second =
        refreshed(server, granted, newest(first, granted), String.valueOf(first.get("scope")));
    for (var answer : List.of(first, second)) {
      for (var member : List.of("access_token", "token_type", "expires_in", "scope")) {
        unless(answer.containsKey(member), "The answer has no " + member);
      }
      var scopes = Arrays.asList(String.valueOf(answer.get("scope")).split(" ", -1));
      unless(granted.scopes().containsAll(scopes), "It spells scopes as " + scopes);
    }
    var patient = "/Patient/" + granted.text("patient");
    var _ = server.read(patient, String.valueOf(second.get("access_token"))).with(200);
  }

  private static void narrowed(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.LIMITED);
    var less = refreshed(server, granted, granted.text("refresh_token"), "patient/Patient.rs");
    var search = "/Observation?patient=" + granted.text("patient");
    var _ = server.read(search, String.valueOf(less.get("access_token"))).with(403);
    var all = refreshed(server, granted, newest(less, granted), "");
    var _ = server.read(search, String.valueOf(all.get("access_token"))).with(200);
    var more = refresh(server, granted, newest(all, granted), "patient/Condition.rs");
    unless(
        more.with(400).error().equals("invalid_scope"), "More scope is answered " + more.error());
  }

  private static void unknown(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    var _ = refresh(server, granted, UUID.randomUUID().toString(), "").with(400, 401);
  }

  private static void withoutSecret(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.CONFIDENTIAL);
    var form =
        Map.of(
            "grant_type", "refresh_token",
            "refresh_token", granted.text("refresh_token"),
            "client_id", granted.app().id());
    var _ = server.http().post(server.endpoint("token_endpoint"), form, Map.of()).with(400, 401);
  }

  private static void reuseEnds(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.TO_REUSE);
    var used = granted.text("refresh_token");
    var first = refreshed(server, granted, used, "");
    if (newest(first, granted).equals(used)) {
      throw new NotApplicable("the server does not rotate this app's refresh tokens");
    }
    var second = refreshed(server, granted, newest(first, granted), "");
    var _ = refresh(server, granted, used, "").with(400);
    var _ = refresh(server, granted, newest(second, granted), "").with(400);
  }

  private static String newest(Map<String, Object> answer, Granted granted) throws Unmet {
    return answer.get("refresh_token") instanceof String next
        ? next
        : granted.text("refresh_token");
  }

  private static Map<String, Object> refreshed(
      Server server, Granted granted, String token, String scope) throws Unmet, NotApplicable {
    var answer = refresh(server, granted, token, scope).with(200);
    unless(
        answer.header("cache-control").filter(value -> value.contains("no-store")).isPresent(),
        "Cache-Control is " + answer.header("cache-control"));
    return answer.json();
  }

  private static Answer refresh(Server server, Granted granted, String token, String scope)
      throws Unmet, NotApplicable {
    var form = new HashMap<String, String>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token);
    if (!scope.isEmpty()) {
      form.put("scope", scope);
    }
    return granted.app().post(server, "token_endpoint", form);
  }
}
