package dev.latchkey.sandbox.access;

import com.nimbusds.jwt.JWTClaimsSet;

/// What came out of checking an access token.
public sealed interface Verdict {
  /// Valid, now and here.
  ///
  /// @param claims that the token was read from
  record Accepted(AccessToken token, JWTClaimsSet claims) implements Verdict {}

  /// Not accepted.
  ///
  /// @param reason one short sentence for the app's developer; says nothing about other tokens or
  ///   people
  record Refused(String reason) implements Verdict {}
}
