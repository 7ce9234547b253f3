package dev.latchkey.client;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;

/// A client assertion as it came, of which nothing is believed yet (RFC 7523).
///
/// @param claims as far as they could be read
record ClientAssertion(SignedJWT jwt, JWTClaimsSet claims) {
  /// A longer one is no assertion.
  private static final int LONGEST = 8_192;

  /// Empty for what is no signed JWT with claims, or names nobody.
  static Optional<ClientAssertion> read(String compact) {
    if (compact.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var jwt = SignedJWT.parse(compact);
      var claims = jwt.getJWTClaimsSet();
      return claims == null || claims.getSubject() == null
          ? Optional.empty()
          : Optional.of(new ClientAssertion(jwt, claims));
    } catch (ParseException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  String subject() {
    return claims.getSubject();
  }

  @Override
  public String toString() {
    return "ClientAssertion[redacted]";
  }
}
