package dev.latchkey.sandbox.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Optional;

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
  /// @param named whom it names, if this server made it for here; empty for whatever else was sent
  record Refused(String reason, Optional<Named> named) implements Verdict {
    Refused(String reason) {
      this(reason, Optional.empty());
    }
  }

  /// Whom a token names.
  ///
  /// @param client the app (claim `client_id`)
  /// @param patient the bare id of the patient in context
  /// @param fhirUser the signed-in user as `Type/id`
  record Named(String client, Optional<String> patient, Optional<String> fhirUser) {}
}
