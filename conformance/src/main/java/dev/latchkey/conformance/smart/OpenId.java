package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.text.ParseException;
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
    var granted = server.granted(Launch.CONFIDENTIAL);
    var claims = verified(server, granted);
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
    readsFhirUser(server, server.granted(Launch.CONFIDENTIAL));
  }

  private static void identityAlone(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    readsFhirUser(server, server.granted(Launch.IDENTITY));
  }

  private static void readsFhirUser(Server server, Granted granted) throws Unmet, NotApplicable {
    var fhirUser = String.valueOf(verified(server, granted).getClaim("fhirUser"));
    var parts = fhirUser.split("/", -1);
    unless(parts.length > 2, "fhirUser is " + fhirUser);
    var type = parts[parts.length - 2];
    unless(
        List.of("Patient", "Practitioner", "RelatedPerson", "Person").contains(type),
        "fhirUser is " + fhirUser);
    var path = "/%s/%s".formatted(type, parts[parts.length - 1]);
    var read = server.read(path, granted.accessToken()).with(200).json();
    unless(type.equals(read.get("resourceType")), path + " is a " + read.get("resourceType"));
  }

  private static void idTokenIsNoAccessToken(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var granted = server.granted(Launch.CONFIDENTIAL);
    var path = "/Patient/" + granted.text("patient");
    var _ = server.read(path, granted.text("id_token")).with(401);
  }

  private static JWTClaimsSet verified(Server server, Granted granted) throws Unmet, NotApplicable {
    try {
      var token = SignedJWT.parse(granted.text("id_token"));
      unless(
          JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm()),
          "The id token is signed with " + token.getHeader().getAlgorithm());
      var keys = JWKSet.parse(server.http().get(server.endpoint("jwks_uri")).with(200).body());
      var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
      if (key == null) {
        throw new Unmet("No published key has the id of the id token");
      }
      unless(token.verify(new RSASSAVerifier(key.toRSAKey())), "The signature does not hold");
      return token.getJWTClaimsSet();
    } catch (ParseException | JOSEException e) {
      throw new Unmet("The id token cannot be read: " + e.getMessage());
    }
  }
}
