package dev.latchkey.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.KeyThumbprint;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/// What a DPoP proof says (RFC 9449 section 4.2), before any of it is believed.
final class Proof {
  static final List<String> ALGORITHMS = List.of("ES256", "ES384", "RS256", "PS256");

  private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
  private static final int FEWEST_RSA_BITS = 2048;

  /// A longer key makes us work and the caller not.
  private static final int MOST_RSA_BITS = 4096;

  private final SignedJWT jwt;
  private final JWTClaimsSet claims;

  private Proof(SignedJWT jwt, JWTClaimsSet claims) {
    this.jwt = jwt;
    this.claims = claims;
  }

  /// Empty for what is no signed JWT, and for a header with a private or secret key in it.
  static Optional<Proof> read(String compact) {
    try {
      var jwt = SignedJWT.parse(compact);
      return Optional.ofNullable(jwt.getJWTClaimsSet()).map(claims -> new Proof(jwt, claims));
    } catch (ParseException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  boolean hasTheType() {
    return TYPE.equals(jwt.getHeader().getType());
  }

  boolean hasAnAllowedAlgorithm() {
    return ALGORITHMS.contains(jwt.getHeader().getAlgorithm().getName());
  }

  /// No extension is understood here (RFC 7515 section 4.1.11).
  boolean needsNoExtension() {
    return jwt.getHeader().getCriticalParams() == null;
  }

  /// Whether the key in the header is one for the algorithm in the header.
  boolean hasAFittingKey() {
    var algorithm = jwt.getHeader().getAlgorithm();
    return switch (jwt.getHeader().getJWK()) {
      case ECKey key ->
          JWSAlgorithm.Family.EC.contains(algorithm)
              && key.getCurve()
                  .equals(algorithm.equals(JWSAlgorithm.ES384) ? Curve.P_384 : Curve.P_256);
      case RSAKey key ->
          JWSAlgorithm.Family.RSA.contains(algorithm)
              && key.size() >= FEWEST_RSA_BITS
              && key.size() <= MOST_RSA_BITS;
      case null, default -> false;
    };
  }

  boolean isSigned() {
    try {
      return jwt.verify(verifier(key()));
    } catch (JOSEException notVerifiable) {
      return false;
    }
  }

  KeyThumbprint thumbprint() {
    return KeyThumbprint.of(key());
  }

  String id() {
    return text("jti");
  }

  String method() {
    return text("htm");
  }

  String url() {
    return text("htu");
  }

  String accessTokenHash() {
    return text("ath");
  }

  String nonce() {
    return text("nonce");
  }

  /// Seconds since the epoch; empty when the proof names no time.
  Optional<Long> issuedAt() {
    return Optional.ofNullable(claims.getIssueTime())
        .map(time -> time.toInstant().getEpochSecond());
  }

  private JWK key() {
    return jwt.getHeader().getJWK();
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return key instanceof ECKey ec ? new ECDSAVerifier(ec) : new RSASSAVerifier(key.toRSAKey());
  }

  /// Empty for a claim that is not there or no text.
  private String text(String claim) {
    return claims.getClaim(claim) instanceof String text ? text : "";
  }
}
