package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.token.AccessTokenReader;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.IdTokenReader;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What somebody gains who writes to the table of window keys, or who gets at one of them.
class StolenWindowKeysTest extends WindowKeySuite {
  private static final JOSEObjectType CERTIFICATE = new JOSEObjectType("window-key+jwt");

  @Test
  void aCertificateThatTheKeyInKmsDidNotSignPublishesNothing() throws Exception {
    var token = connectedByWindow().text("access_token");
    var genuine = parsed(items.certificate());
    var before = published();
    var own = ownKey();

    assertThat(publishedWith("no certificate")).isEqualTo(before);
    assertThat(publishedWith(token)).isEqualTo(before);
    assertThat(publishedWith(underTheSignatureOf(genuine, claims(genuine, own)))).isEqualTo(before);
    assertThat(publishedWith(signed(own, genuine))).isEqualTo(before);
    assertThat(introspected(token)).containsEntry("active", true);
  }

  /// The key in KMS signs id tokens too: one that says what a certificate says is none.
  @Test
  void nothingElseThatTheKeyInKmsSignsIsACertificate() throws Exception {
    connectedByWindow();
    var before = published();
    var claims = claims(parsed(items.certificate()), ownKey());
    var signer = local.wiring().signer();

    assertThat(publishedWith(signer.sign(claims, JOSEObjectType.JWT))).isEqualTo(before);
    assertThat(publishedWith(signer.sign(claims, CERTIFICATE)))
        .as("its type is all that was wrong with it")
        .hasSize(before.size() + 1);
  }

  /// Whoever got at a window key has the access tokens of a day, and nothing else.
  @Test
  void aWindowKeySignsNoIdToken() throws Exception {
    var connected = connectedByWindow();
    var idToken = parsed(connected.text("id_token"));
    var kid = parsed(connected.text("access_token")).getHeader().getKeyID();
    var stolen = items.privateKey(kid);
    var identity = local.wiring().identity();
    var idTokens = new IdTokenReader(identity, local.wiring().signer());
    assertThat(idTokens.read(idToken.serialize())).isPresent();

    var claims = idToken.getJWTClaimsSet();
    assertThat(idTokens.read(signed(stolen, kid, JOSEObjectType.JWT, claims))).isEmpty();
    var accessTokens = new AccessTokenReader(identity, local.wiring().signer());
    assertThat(accessTokens.authentic(signed(stolen, kid, AccessTokens.TYPE, claims)))
        .as("the forger has that key")
        .isPresent();
  }

  /// What an instance publishes that reads the table with this certificate in it.
  private List<JWK> publishedWith(String certificate) {
    items.add(certificate);
    return published();
  }

  private static ECKey ownKey() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
  }

  /// Those of a certificate, for a key of the forger.
  private static JWTClaimsSet claims(SignedJWT genuine, ECKey own) throws ParseException {
    return new JWTClaimsSet.Builder(genuine.getJWTClaimsSet())
        .claim("jwk", own.toPublicJWK().toJSONObject())
        .build();
  }

  private static String underTheSignatureOf(SignedJWT genuine, JWTClaimsSet claims)
      throws ParseException {
    var payload = Base64URL.encode(claims.toString());
    return new SignedJWT(genuine.getHeader().toBase64URL(), payload, genuine.getSignature())
        .serialize();
  }

  /// A certificate by the forger's own key, which names the key in KMS.
  private static String signed(ECKey own, SignedJWT genuine) throws JOSEException, ParseException {
    var kid = genuine.getHeader().getKeyID();
    return signed(own.toECPrivateKey(), kid, CERTIFICATE, claims(genuine, own));
  }

  private static String signed(
      ECPrivateKey key, String kid, JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(kid).build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(key, Curve.P_256));
    return jwt.serialize();
  }
}
