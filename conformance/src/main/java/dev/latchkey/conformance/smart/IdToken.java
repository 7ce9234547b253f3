package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.text.ParseException;
import java.util.List;

/// Reads id tokens as an app does.
final class IdToken {
  private IdToken() {}

  /// The claims, once the signature holds.
  static JWTClaimsSet verified(Server server, Granted granted) throws Unmet, NotApplicable {
    return claims(server, granted.text("id_token"));
  }

  /// As [#verified], of a token that is on its own.
  static JWTClaimsSet claims(Server server, String idToken) throws Unmet, NotApplicable {
    try {
      var token = SignedJWT.parse(idToken);
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

  /// Reads whoever signed in (SMART 2.2, `fhirUser`).
  static void readFhirUser(Server server, Granted granted) throws Unmet, NotApplicable {
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
}
