package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Who signed in (Inferno: OpenID Connect).
final class OpenId {
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private OpenId() {}

  static Group group() {
    return new Group(
        "OpenID Connect",
        "SMART App Launch, OpenID Connect",
        List.of(
            new Check(
                "OID-1",
                "the id token is signed with RS256 by a published key, for this app, and echoes the"
                    + " nonce",
                OpenId::idToken),
            new Check("OID-2", "fhirUser can be read with the access token", OpenId::fhirUser),
            new Check("OID-3", "also when identity is all that was granted", OpenId::identityAlone),
            new Check("OID-6", "an id token is no access token", OpenId::idTokenIsNoAccessToken)));
  }

  private static void idToken(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    for (var launch : List.of(Launch.CONFIDENTIAL, Launch.PUBLIC)) {
      assertIdToken(server, server.granted(launch));
    }
  }

  private static void assertIdToken(Server server, Granted granted) throws Unmet, NotApplicable {
    var claims = IdToken.verified(server, granted);
    unless(
        String.valueOf(server.smartConfiguration().get("issuer")).equals(claims.getIssuer()),
        "iss is " + claims.getIssuer());
    unless(claims.getAudience().contains(granted.app().id()), "aud is " + claims.getAudience());
    unless(claims.getSubject() != null && claims.getSubject().length() <= 255, "sub is unusable");
    unless(
        claims.getExpirationTime() != null
            && Instant.now().isBefore(claims.getExpirationTime().toInstant().plus(LEEWAY)),
        "exp is " + claims.getExpirationTime());
    unless(
        Objects.equals(granted.attempt().parameters().get("nonce"), claims.getClaim("nonce")),
        "nonce is " + claims.getClaim("nonce"));
  }

  private static void fhirUser(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    IdToken.readFhirUser(server, server.granted(Launch.CONFIDENTIAL));
  }

  private static void identityAlone(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    IdToken.readFhirUser(server, server.granted(Launch.IDENTITY));
  }

  private static void idTokenIsNoAccessToken(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var granted = server.granted(Launch.CONFIDENTIAL);
    var path = "/Patient/" + granted.text("patient");
    var _ = server.read(path, granted.text("id_token")).with(401);
  }
}
