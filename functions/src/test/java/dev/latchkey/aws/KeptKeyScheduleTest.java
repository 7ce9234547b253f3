package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.RecordedEvents;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// How old the schedule may be that an instance goes by.
class KeptKeyScheduleTest {
  private static final KeySchedule FIRST = KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY);
  private static final KeySchedule CHANGED =
      KeySchedule.parse("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY);

  private final LocalWiring local = LocalWiring.start();
  private final RecordedEvents events = new RecordedEvents();
  private boolean isDown;
  private final SigningSchedules store =
      new DynamoSigningSchedules(
          new DynamoTable(
              Faults.unreachableWhile(DynamoDbClient.class, local.aws().dynamoDb(), () -> isDown),
              local.settings().tables().registry()));

  @Test
  void theFirstScheduleHoldsUntilThereIsAnother() {
    var known = new KeptKeySchedule(store, FIRST, local.clock());
    assertThat(known.get()).isEqualTo(FIRST);
    assertThat(store.replace(Optional.empty(), CHANGED)).isTrue();
    local.calls().reset();

    local.clock().advance(SigningKeyPolicy.SCHEDULE_AGE.minusSeconds(1));
    assertThat(known.get()).isEqualTo(FIRST);
    assertThat(local.calls().counts()).isEmpty();
    local.clock().advance(Duration.ofSeconds(1));
    assertThat(known.get()).isEqualTo(CHANGED);
    assertThat(known.get()).isEqualTo(CHANGED);
    assertThat(local.calls().counts()).containsOnly(Map.entry("getItem", 1));
  }

  /// A key may have been dropped meanwhile. It is no failure of the signing key.
  @Test
  void nothingIsSignedOrPublishedByAnOldSchedule() {
    var signer =
        KmsTokenSigner.keys(new InProcessKms(), store, FIRST, local.clock(), events).signer();
    assertThat(signer.published().getKeys()).hasSize(1);
    isDown = true;
    local.clock().advance(SigningKeyPolicy.SCHEDULE_AGE);

    assertThatThrownBy(signer::published).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> signer.sign(new JWTClaimsSet.Builder().build(), JOSEObjectType.JWT))
        .isInstanceOf(Unavailable.class)
        .hasMessage("DynamoDB is not available");
    assertThat(events.kinds()).isEmpty();
  }
}
