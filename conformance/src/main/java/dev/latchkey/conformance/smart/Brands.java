package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.List;
import java.util.Map;

/// Who runs this server, for apps that let a patient choose (SMART 2.2, user-access brands).
final class Brands {
  private Brands() {}

  static Group group() {
    return new Group(
        "Brands",
        List.of(new Check("BRD-1", "the bundle names who runs this server", Brands::bundle)));
  }

  private static void bundle(Server server) throws Unmet, NotApplicable {
    var address = server.endpoint("user_access_brand_bundle");
    var answer = server.http().get(address, Map.of("Origin", "https://app.example")).with(200);
    unless(
        answer.header("access-control-allow-origin").isPresent(),
        "There is no Access-Control-Allow-Origin");
    var bundle = answer.json();
    unless("collection".equals(bundle.get("type")), "type is " + bundle.get("type"));
    unless(bundle.get("timestamp") != null, "There is no timestamp");
    unless(bundle.get("entry") instanceof List<?> entries && !entries.isEmpty(), "It is empty");
    var identifier = server.smartConfiguration().get("user_access_brand_identifier");
    unless(
        identifier instanceof Map<?, ?> named
            && answer.body().contains(String.valueOf(named.get("value"))),
        "user_access_brand_identifier is " + identifier);
  }
}
