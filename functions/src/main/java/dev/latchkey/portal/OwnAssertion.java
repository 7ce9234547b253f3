package dev.latchkey.portal;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.TokenSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;

/// How this server proves itself to another as a client of it (RFC 7523 section 2.2,
/// `private_key_jwt`), with a key that signs nothing else.
///
/// @param signer with that key alone
public record OwnAssertion(TokenSigner signer, InstantSource clock, Entropy entropy) {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration LIFE = Duration.ofSeconds(60);

  /// The parameters of a token request.
  ///
  /// @param audience who is to believe it, and nobody else
  /// @throws dev.latchkey.http.Unavailable when the keeper of the key does not answer
  public Map<String, String> parameters(String clientId, String audience) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .jwtID(entropy.value())
            .build();
    return Map.of(
        "client_assertion_type", TYPE, "client_assertion", signer.sign(claims, JOSEObjectType.JWT));
  }
}
