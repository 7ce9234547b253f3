package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.WindowKeysOn;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.wiring.Wiring;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Instances that all find no key for the day after tomorrow.
class WindowKeyRaceTest {
  private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder().subject("ana").build();

  private final LocalWiring local = WindowKeysOn.start();

  @Test
  void instancesThatMakeTheKeyOfADayTogetherAgreeOnOne() throws Exception {
    var instances =
        Stream.generate(local::another).limit(Race.CALLERS).map(Wiring::signer).toList();
    local.calls().reset();

    var _ = Race.of(i -> instances.get(i).sign(CLAIMS, AccessTokens.TYPE));

    assertThat(local.calls().of("generateDataKeyPairWithoutPlaintext"))
        .as("pairs that were made, of which one was kept")
        .isGreaterThan(1);
    assertThat(instances)
        .extracting(WindowKeyRaceTest::windowKeys)
        .as("whoever was second knows the first one's at once")
        .containsOnly(windowKeys(local.another().signer()));

    local.clock().advance(WindowKeySuite.TWO_DAYS);
    var signed = Race.of(i -> instances.get(i).sign(CLAIMS, AccessTokens.TYPE));

    assertThat(signed)
        .extracting(token -> WindowKeySuite.parsed(token).getHeader().getKeyID())
        .containsOnly(windowKeys(local.another().signer()).split(" ", -1)[0]);
  }

  /// The `kid` of each, in the order of their days.
  private static String windowKeys(TokenSigner signer) {
    return signer.published().getKeys().stream()
        .filter(key -> key.getKeyType().equals(KeyType.EC))
        .map(key -> key.getKeyID())
        .reduce((first, second) -> first + " " + second)
        .orElse("");
  }
}
