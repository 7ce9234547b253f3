package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.RecordedEvents;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How old the schedule may be that an instance goes by.
class KeptKeyScheduleTest implements SigningSchedules {
  private static final KeySchedule FIRST = KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY);
  private static final KeySchedule CHANGED =
      KeySchedule.parse("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY);

  private final MutableClock clock = new MutableClock();
  private final RecordedEvents events = new RecordedEvents();
  private final KeptKeySchedule known = new KeptKeySchedule(this, FIRST, clock);
  private Optional<KeySchedule> kept = Optional.empty();
  private boolean isDown;
  private int reads;

  @Test
  void theFirstScheduleHoldsUntilThereIsAnother() {
    assertThat(known.get()).isEqualTo(FIRST);
    kept = Optional.of(CHANGED);

    clock.advance(SigningKeyPolicy.SCHEDULE_AGE.minusSeconds(1));
    assertThat(known.get()).isEqualTo(FIRST);
    clock.advance(Duration.ofSeconds(1));
    assertThat(known.get()).isEqualTo(CHANGED);
    assertThat(reads).isEqualTo(2);
  }

  /// A key may have been dropped meanwhile. It is no failure of the signing key.
  @Test
  void nothingIsSignedOrPublishedByAnOldSchedule() {
    var signer = KmsTokenSigner.keys(new InProcessKms(), this, FIRST, clock, events).signer();
    assertThat(signer.published().getKeys()).hasSize(1);
    isDown = true;
    clock.advance(SigningKeyPolicy.SCHEDULE_AGE);

    assertThatThrownBy(signer::published).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> signer.sign(new JWTClaimsSet.Builder().build(), JOSEObjectType.JWT))
        .isInstanceOf(Unavailable.class)
        .hasMessage("The table is not available");
    assertThat(events.kinds()).isEmpty();
  }

  @Override
  public Optional<KeySchedule> find() {
    reads++;
    if (isDown) {
      throw new Unavailable("The table");
    }
    return kept;
  }

  @Override
  public boolean replace(Optional<KeySchedule> seen, KeySchedule changed) {
    throw new UnsupportedOperationException("An instance only reads");
  }
}
