package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.portal.Portal;
import dev.latchkey.portal.page.SignInHandle;
import dev.latchkey.portal.page.SignInHandles;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of browsers at the sign-in page of the team's own does.
public abstract class SignInHandlesContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant END = NOW.plusSeconds(600);
  private static final Instant SOON = NOW.plusSeconds(60);
  private static final String RESULT = "{\"user\":{\"name\":\"Ana ☃\"}}";

  private final SecretHash handle = SecretHash.of(Entropy.secure().value());
  private final SecretHash code = SecretHash.of(Entropy.secure().value());
  private final SecretHash other = SecretHash.of(Entropy.secure().value());
  private final SignInHandle opened =
      new SignInHandle(
          "https://latchkey.example/interaction/portal?state=s",
          new Portal.Wishes("ana ☃", "es", 300, true),
          END.getEpochSecond());

  protected abstract SignInHandles handles();

  private boolean finish(SecretHash with, Instant now) {
    return handles().finish(handle, with, RESULT, SOON.getEpochSecond(), now);
  }

  private Optional<String> take(SecretHash with, String request, Instant now) {
    return handles().take(handle, with, request, now);
  }

  @Test
  void isFoundUntilItIsFinished() {
    handles().open(handle, opened);

    assertThat(handles().find(handle, NOW)).contains(opened);
    assertThat(handles().find(handle, NOW)).contains(opened);
    assertThat(finish(code, NOW)).isTrue();
    assertThat(handles().find(handle, NOW)).isEmpty();
  }

  @Test
  void keepsWishesThatNobodyHas() {
    var none = new SignInHandle("https://x.example/", Portal.Wishes.NONE, END.getEpochSecond());
    handles().open(handle, none);

    assertThat(handles().find(handle, NOW)).contains(none);
  }

  @Test
  void isTakenOnceAndOnlyWithItsCode() {
    handles().open(handle, opened);
    assertThat(take(code, "r1", NOW)).isEmpty();
    assertThat(finish(code, NOW)).isTrue();

    assertThat(take(other, "r1", NOW)).isEmpty();
    assertThat(take(code, "r2", NOW)).contains(RESULT);
    assertThat(take(code, "r3", NOW)).isEmpty();
    assertThat(take(other, "r2", NOW)).isEmpty();
  }

  @Test
  void aRequestThatIsSentAgainGetsTheSameAnswer() {
    handles().open(handle, opened);

    assertThat(finish(code, NOW)).isTrue();
    assertThat(finish(code, NOW)).isTrue();
    assertThat(take(code, "r1", NOW)).contains(RESULT);
    assertThat(take(code, "r1", NOW)).contains(RESULT);
  }

  @Test
  void isFinishedOnce() {
    handles().open(handle, opened);

    assertThat(finish(code, NOW)).isTrue();
    assertThat(finish(other, NOW)).isFalse();
    assertThat(take(other, "r1", NOW)).isEmpty();
  }

  @Test
  void knowsNothingOfWhatWasNeverOpened() {
    assertThat(handles().find(handle, NOW)).isEmpty();
    assertThat(finish(code, NOW)).isFalse();
    assertThat(take(code, "r1", NOW)).isEmpty();
  }

  @Test
  void comparesTheEndsItself() {
    handles().open(handle, opened);
    assertThat(handles().find(handle, END)).isEmpty();
    assertThat(finish(code, END)).isFalse();
    assertThat(handles().find(handle, END.minusSeconds(1))).contains(opened);

    assertThat(finish(code, NOW)).isTrue();
    assertThat(take(code, "r1", SOON)).isEmpty();
    assertThat(take(code, "r2", SOON.minusSeconds(1))).contains(RESULT);
  }

  @Test
  void isFinishedByOneOfManyCallersAndTakenByOne() throws Exception {
    handles().open(handle, opened);
    var finished = Race.of(i -> finish(SecretHash.of("code " + i), NOW));
    assertThat(finished).filteredOn(won -> won).hasSize(1);

    var winner = SecretHash.of("code " + finished.indexOf(true));
    assertThat(Race.of(i -> take(winner, "r" + i, NOW))).filteredOn(Optional::isPresent).hasSize(1);
  }
}
