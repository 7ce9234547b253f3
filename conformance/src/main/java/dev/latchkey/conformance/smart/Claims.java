package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the server says it can do.
final class Claims {
  private static final List<String> CERTIFIED =
      List.of(
          "launch-ehr",
          "launch-standalone",
          "authorize-post",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "sso-openid-connect",
          "context-banner",
          "context-style",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-patient",
          "permission-offline",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2");

  private Claims() {}

  static Group group() {
    return new Group(
        "Capabilities",
        "SMART App Launch, discovery; g(10) parts 1, 3 and 9",
        List.of(
            new Check("DIS-7", "every address that it names is served", Claims::addressesAreServed),
            new Check("DIS-8", "it claims what certification asks for", Claims::certification),
            new Check(
                "DIS-9", "whoever grants lasting access lists refresh_token", Claims::refresh)));
  }

  private static void addressesAreServed(Server server) throws Unmet {
    for (var member : server.smartConfiguration().entrySet()) {
      var name = member.getKey();
      if (name.endsWith("_endpoint") || name.endsWith("_uri") || name.endsWith("_bundle")) {
        var address = URI.create(String.valueOf(member.getValue()));
        unless(isServed(server, address), "%s is not served at %s".formatted(name, address));
      }
    }
  }

  /// An API gateway answers 404 to a method that it does not know.
  private static boolean isServed(Server server, URI address) throws Unmet {
    var got = server.http().get(address).status();
    var status = got == 404 ? server.http().post(address, Map.of(), Map.of()).status() : got;
    return status != 404 && status < 500;
  }

  private static void certification(Server server) throws Unmet {
    var lacking = new ArrayList<>(CERTIFIED);
    lacking.removeAll(server.list("capabilities"));
    unless(lacking.isEmpty(), "capabilities lacks " + String.join(", ", lacking));
    var grants = new ArrayList<>(List.of("authorization_code", "client_credentials"));
    grants.removeAll(server.list("grant_types_supported"));
    unless(grants.isEmpty(), "grant_types_supported lacks " + String.join(", ", grants));
  }

  private static void refresh(Server server) throws Unmet {
    var capabilities = server.list("capabilities");
    var lasting =
        capabilities.contains("permission-offline") || capabilities.contains("permission-online");
    unless(
        lasting == server.list("grant_types_supported").contains("refresh_token"),
        "grant_types_supported is " + server.list("grant_types_supported"));
    var scopes = server.list("scopes_supported");
    for (var kind : List.of("offline", "online")) {
      unless(
          scopes.isEmpty()
              || capabilities.contains("permission-" + kind) == scopes.contains(kind + "_access"),
          "scopes_supported and permission-%s disagree".formatted(kind));
    }
  }
}
