package dev.latchkey.conformance.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// What an app signs to authenticate (SMART 2.2, asymmetric authentication; RFC 7523 section 3).
///
/// @param key private
public record Assertion(JWTClaimsSet claims, JWK key) {
  /// `client_assertion_type`.
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final Duration LIFE = Duration.ofMinutes(4);

  /// A good one, to be used once.
  public static Assertion of(String clientId, URI audience, JWK key) {
    return new Assertion(
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(audience.toString())
            .expirationTime(Date.from(Instant.now().plus(LIFE)))
            .jwtID(UUID.randomUUID().toString())
            .build(),
        key);
  }

  /// The same with other claims.
  public Assertion with(UnaryOperator<JWTClaimsSet.Builder> change) {
    return new Assertion(change.apply(new JWTClaimsSet.Builder(claims)).build(), key);
  }

  /// The parameters that carry it.
  public Map<String, String> parameters() {
    return Map.of("client_assertion_type", TYPE, "client_assertion", signed());
  }

  /// As it is sent.
  public String signed() {
    var header =
        new JWSHeader.Builder(algorithm()).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build();
    try {
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
      var token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException("this key cannot sign", e);
    }
  }

  private JWSAlgorithm algorithm() {
    if (key.getAlgorithm() instanceof JWSAlgorithm named) {
      return named;
    }
    if (key instanceof ECKey curve) {
      return curve.getCurve().getName().equals("P-256") ? JWSAlgorithm.ES256 : JWSAlgorithm.ES384;
    }
    return JWSAlgorithm.RS384;
  }

  @Override
  public String toString() {
    return "Assertion[" + key.getKeyID() + "]";
  }
}
