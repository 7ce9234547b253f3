package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.signing.TokenSigner;
import java.text.ParseException;
import java.util.Date;
import org.junit.jupiter.api.Test;

/// What every signer of tokens does.
public abstract class TokenSignerContract {
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private static final JWTClaimsSet CLAIMS =
      new JWTClaimsSet.Builder()
          .issuer("https://latchkey.example")
          .audience("https://latchkey.example/fhir")
          .expirationTime(Date.from(MutableClock.START))
          .claim("scope", TestScopes.many().spelled())
          .claim("name", "Ben Novák ☃ 𝔘")
          .build();

  protected abstract TokenSigner signer();

  @Test
  void signsSoThatAPublishedKeyVerifies() throws ParseException, JOSEException {
    var token = SignedJWT.parse(signer().sign(CLAIMS, ACCESS_TOKEN));

    var key = signer().published().getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    assertThat(token.getJWTClaimsSet()).isEqualTo(CLAIMS);
  }

  @Test
  void saysHowAndForWhatItSigned() throws ParseException {
    var header = SignedJWT.parse(signer().sign(CLAIMS, ACCESS_TOKEN)).getHeader();

    assertThat(header.toJSONObject().keySet()).containsExactlyInAnyOrder("alg", "typ", "kid");
    assertThat(header.getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(header.getType()).isEqualTo(ACCESS_TOKEN);
  }

  @Test
  void publishesPublicKeysByTheirThumbprint() throws JOSEException {
    for (var key : signer().published().getKeys()) {
      assertThat(key.isPrivate()).isFalse();
      assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
      assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
      assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    }
  }

  @Test
  void publishesTheSameKeysEachTime() {
    var first = signer().published().getKeys();

    assertThat(signer().published().getKeys()).isEqualTo(first).isNotEmpty();
    assertThat(first).extracting(JWK::getKeyID).doesNotHaveDuplicates();
  }
}
