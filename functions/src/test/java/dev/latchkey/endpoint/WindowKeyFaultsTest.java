package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.DynamoDbLocal;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WindowKeysOn;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.http.Unavailable;
import dev.latchkey.token.AccessTokens;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

/// What happens when KMS makes no window key, or does not hand one out.
class WindowKeyFaultsTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  private final AtomicBoolean makesNone = new AtomicBoolean();
  private final AtomicBoolean unwrapsNone = new AtomicBoolean();
  private final LocalWiring local = start().seed(TestClients.nativeApp());
  private final Grants grants = new Grants(local);
  private final TokenFunction tokens = new TokenFunction(local.wiring());

  private LocalWiring start() {
    var settings = LocalWiring.start().settings();
    var kms =
        Faults.unreachableFor(
            KmsClient.class,
            Faults.unreachableFor(
                KmsClient.class,
                new InProcessKms(),
                Set.of("generateDataKeyPairWithoutPlaintext"),
                makesNone::get),
            Set.of("decrypt"),
            unwrapsNone::get);
    return LocalWiring.over(
        WindowKeysOn.with(settings, true), new AwsClients(DynamoDbLocal.client(), kms));
  }

  @Test
  void theKeyInKmsSignsForAsLongAsNoPairCanBeMade() {
    makesNone.set(true);
    for (int day = 0; day < 4; day++) {
      assertThat(algorithm()).isEqualTo("RS256");
      local.clock().advance(A_DAY);
    }
    assertThat(local.another().signer().published().getKeys()).hasSize(1);
    assertThat(local.events().events()).isEmpty();

    makesNone.set(false);
    local.clock().advance(WindowKeySuite.A_MINUTE);
    assertThat(algorithm()).isEqualTo("RS256");
    local.clock().advance(WindowKeySuite.TWO_DAYS);
    assertThat(algorithm()).isEqualTo("ES256");
  }

  /// One that was made is made once more on no day, so the key in KMS signs on the days without.
  @Test
  void aDayWithoutItsPairIsADayOfTheKeyInKms() {
    assertThat(algorithm()).isEqualTo("RS256");
    local.clock().advance(A_DAY);
    makesNone.set(true);
    assertThat(algorithm()).isEqualTo("RS256");
    local.clock().advance(A_DAY);
    assertThat(algorithm()).as("made the day before yesterday").isEqualTo("ES256");
    makesNone.set(false);

    local.clock().advance(A_DAY);
    assertThat(algorithm()).as("none was made yesterday but one").isEqualTo("RS256");
    local.clock().advance(A_DAY);
    assertThat(algorithm()).as("nor later: nobody signed").isEqualTo("RS256");
  }

  /// No token is better than one that KMS did not allow: whoever disables the wrapping key wants
  /// that.
  @Test
  void aPairThatCannotBeUnwrappedSignsNothingAndOperatorsAreTold() {
    grants.connect(tokens);
    local.clock().advance(WindowKeySuite.TWO_DAYS);
    var other = new TokenFunction(local.another());
    assertThat(algorithm()).isEqualTo("ES256");
    local.clock().advance(Duration.ofHours(2));
    unwrapsNone.set(true);

    assertThat(grants.connect(tokens).status()).isEqualTo(503);
    assertThat(grants.connect(other).status()).isEqualTo(503);
    var signer = local.wiring().signer();
    var claims = new JWTClaimsSet.Builder().subject("ana").build();
    assertThatThrownBy(() -> signer.sign(claims, AccessTokens.TYPE))
        .isInstanceOf(Unavailable.class);
    assertThat(local.events().kinds()).contains(OperatorEvent.Kind.SIGN_FAILED);

    unwrapsNone.set(false);
    assertThat(grants.connect(tokens).status()).isEqualTo(200);
  }

  private String algorithm() {
    return WindowKeySuite.algorithm(grants.connect(tokens).text("access_token"));
  }
}
