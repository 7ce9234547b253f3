package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalStack;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TokenSignerContract;
import dev.latchkey.contract.WindowKeysOn;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.AccessTokens;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Window keys that LocalStack's KMS makes and wraps, with the clients of production. Until the
/// first is old enough the key in KMS keeps the contract of every signer.
@ExtendWith(LocalStack.class)
class LocalStackWindowKeysTest extends TokenSignerContract {
  private static final JWTClaimsSet CLAIMS =
      new JWTClaimsSet.Builder().subject("ana").claim("scope", "patient/*.rs").build();

  /// Of its own for each test: what one of them makes would be published in anlocal.
  private final LocalWiring local =
      LocalWiring.over(
          WindowKeysOn.with(LocalStack.newSettings(LocalWiring.ISSUER), true),
          LocalStack.clients());

  @Override
  protected TokenSigner signer() {
    return local.wiring().signer();
  }

  @Test
  void aPairThatKmsMadeSignsTwoDaysLaterAtEveryInstance() throws ParseException, JOSEException {
    var _ = local.wiring().signer().sign(CLAIMS, AccessTokens.TYPE);
    local.clock().advance(Duration.ofDays(2));

    var token = SignedJWT.parse(local.another().signer().sign(CLAIMS, AccessTokens.TYPE));

    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    var key =
        local.another().signer().published().getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
    assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(token.getJWTClaimsSet()).isEqualTo(CLAIMS);
    assertThat(windowKeys()).isEqualTo(2);
  }

  @Test
  void whatAnOperatorDropsIsGoneAtEveryInstance() {
    var _ = local.wiring().signer().sign(CLAIMS, AccessTokens.TYPE);
    var kept = local.wiring().stores().windowKeys();
    assertThat(kept.list())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.day()).isEqualTo("2036-03-03");
              assertThat(key.keyId()).hasSize(43);
            });

    kept.list().forEach(kept::remove);

    assertThat(kept.list()).isEmpty();
    assertThat(windowKeys()).isZero();
  }

  private long windowKeys() {
    return local.another().signer().published().getKeys().stream()
        .filter(key -> key.getKeyType().equals(KeyType.EC))
        .count();
  }
}
