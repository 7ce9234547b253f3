package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.account.Sessions;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every store of browser sessions does.
public abstract class SessionsContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant IDLE = NOW.plusSeconds(900);
  private static final Instant END = NOW.plusSeconds(3600);

  private final SecretHash handle = SecretHash.of(Entropy.secure().value());
  private final Session session =
      new Session(
          handle,
          "bén ☃ '\"\\",
          NOW.getEpochSecond(),
          IDLE.getEpochSecond(),
          END.getEpochSecond(),
          Assurance.UNSAID);

  protected abstract Sessions sessions();

  @Test
  void keepsASession() {
    sessions().open(session);

    assertThat(sessions().find(handle, NOW)).contains(session);
  }

  @Test
  void knowsNothingOfASessionThatWasNeverOpened() {
    assertThat(sessions().find(handle, NOW)).isEmpty();
    assertThat(sessions().touch(handle, END.getEpochSecond(), NOW)).isFalse();
    assertThat(sessions().find(handle, NOW)).isEmpty();
    sessions().end(handle);
  }

  @Test
  void comparesTheIdleLimitItself() {
    sessions().open(session);

    assertThat(sessions().find(handle, IDLE)).isEmpty();
    assertThat(sessions().touch(handle, END.getEpochSecond(), IDLE)).isFalse();
    assertThat(sessions().find(handle, IDLE.minusSeconds(1))).contains(session);
  }

  @Test
  void movesTheIdleLimitOfALiveSession() {
    sessions().open(session);

    assertThat(sessions().touch(handle, IDLE.plusSeconds(60).getEpochSecond(), NOW)).isTrue();

    var found = sessions().find(handle, IDLE).orElseThrow();
    assertThat(found.idleExpiresAt()).isEqualTo(IDLE.plusSeconds(60).getEpochSecond());
    assertThat(found.username()).isEqualTo(session.username());
    assertThat(found.endsAt()).isEqualTo(session.endsAt());
  }

  @Test
  void endsAtItsAbsoluteEndHoweverOftenItIsUsed() {
    sessions().open(session);
    sessions().touch(handle, END.plusSeconds(900).getEpochSecond(), NOW);

    assertThat(sessions().find(handle, END.minusSeconds(1))).isPresent();
    assertThat(sessions().find(handle, END)).isEmpty();
    assertThat(sessions().touch(handle, END.plusSeconds(1800).getEpochSecond(), END)).isFalse();
  }

  @Test
  void endsASessionForGood() {
    sessions().open(session);

    sessions().end(handle);
    sessions().end(handle);

    assertThat(sessions().find(handle, NOW)).isEmpty();
    assertThat(sessions().touch(handle, END.getEpochSecond(), NOW)).isFalse();
    assertThat(sessions().find(handle, NOW)).isEmpty();
  }

  @Test
  void keepsSessionsApart() {
    var other = SecretHash.of(Entropy.secure().value());
    sessions().open(session);
    sessions()
        .open(
            new Session(
                other, "ana", 1, END.getEpochSecond(), END.getEpochSecond(), Assurance.UNSAID));

    sessions().end(other);

    assertThat(sessions().find(handle, NOW)).contains(session);
  }
}
