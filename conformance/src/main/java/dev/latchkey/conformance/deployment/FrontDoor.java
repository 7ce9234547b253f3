package dev.latchkey.conformance.deployment;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/// Whether the server is where it says it is, and nowhere else (RFC 8414 section 3.3).
final class FrontDoor {
  private static final String OPENID = "/.well-known/openid-configuration";

  private static final Pattern MAX_AGE = Pattern.compile("\\bmax-age=(\\d{1,9})\\b");

  /// Longer than a key is published before it signs: a verifier would not know it then.
  private static final int LONGEST_SECONDS = 24 * 60 * 60;

  private FrontDoor() {}

  static Group group(Deployment deployment) {
    return new Group(
        "Front door",
        "none",
        List.of(
            new Check(
                "DEP-4",
                "nobody gets around what stands in front",
                server -> onlyOneWay(server, deployment)),
            new Check(
                "DEP-5",
                "it calls itself what it was deployed as, everywhere",
                server -> issuer(server, deployment)),
            new Check("DEP-5", "its endpoints are below its issuer", FrontDoor::endpoints),
            new Check("DEP-6", "its keys can be kept for a while", FrontDoor::keysAreKept)));
  }

  private static void onlyOneWay(Server server, Deployment deployment) throws Unmet, NotApplicable {
    if (deployment.behind().isEmpty()) {
      throw new NotApplicable("no address behind CloudFront is named (--behind)");
    }
    for (var address : deployment.behind()) {
      var answer = server.http().getIfThere(address.resolve(OPENID));
      unless(
          answer.isEmpty() || answer.get().status() == 403 || answer.get().status() == 404,
          "%s answered %d".formatted(address, answer.map(one -> one.status()).orElse(0)));
    }
  }

  private static URI itself(Server server) throws Unmet {
    var issuer = server.smartConfiguration().get("issuer");
    unless(issuer instanceof String, "smart-configuration names no issuer");
    return URI.create(String.valueOf(issuer));
  }

  private static void issuer(Server server, Deployment deployment) throws Unmet {
    var itself = itself(server);
    var expected = deployment.issuer().orElse(itself);
    unless(expected.equals(itself), "smart-configuration calls it " + itself);
    for (var document : List.of(OPENID, "/.well-known/oauth-authorization-server")) {
      var named = server.http().get(URI.create(expected + document)).with(200).json().get("issuer");
      unless(expected.toString().equals(named), "%s calls it %s".formatted(document, named));
    }
  }

  private static void endpoints(Server server) throws Unmet {
    var issuer = itself(server) + "/";
    for (var member : server.smartConfiguration().entrySet()) {
      if (member.getKey().endsWith("_endpoint") || member.getKey().equals("jwks_uri")) {
        unless(
            String.valueOf(member.getValue()).startsWith(issuer),
            "%s is %s".formatted(member.getKey(), member.getValue()));
      }
    }
  }

  private static void keysAreKept(Server server) throws Unmet, NotApplicable {
    var answer = server.http().get(server.endpoint("jwks_uri")).with(200);
    unless(answer.json().get("keys") instanceof List<?> keys && !keys.isEmpty(), "There is no key");
    var kept = answer.header("cache-control").orElse("");
    var age = MAX_AGE.matcher(kept);
    unless(
        age.find()
            && Integer.parseInt(age.group(1)) > 0
            && Integer.parseInt(age.group(1)) <= LONGEST_SECONDS,
        "Cache-Control is " + kept);
  }
}
