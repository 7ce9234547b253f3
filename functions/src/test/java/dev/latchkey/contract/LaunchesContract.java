package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.launch.Launches;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of launches from an EHR does.
public abstract class LaunchesContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant END = NOW.plusSeconds(300);
  private static final ClientId APP = new ClientId("app");

  private final SecretHash handle = SecretHash.of(Entropy.secure().value());
  private final Launch launch = new Launch("sub-1", TestLaunches.full());

  protected abstract Launches launches();

  private void open() {
    launches().open(handle, APP, launch, END.getEpochSecond());
  }

  @Test
  void isFoundUntilItIsUsed() {
    open();

    assertThat(launches().find(handle, APP, NOW)).contains(launch);
    assertThat(launches().find(handle, APP, NOW)).contains(launch);
    assertThat(launches().use(handle, APP, "r1", NOW)).contains(launch);
    assertThat(launches().find(handle, APP, NOW)).isEmpty();
  }

  @Test
  void isUsedOnce() {
    open();

    assertThat(launches().use(handle, APP, "r1", NOW)).contains(launch);
    assertThat(launches().use(handle, APP, "r2", NOW)).isEmpty();
  }

  @Test
  void isGivenToTheSameRequestAgain() {
    open();
    var _ = launches().use(handle, APP, "r1", NOW);

    assertThat(launches().use(handle, APP, "r1", NOW)).contains(launch);
  }

  @Test
  void keepsALaunchWithoutAPatient() {
    var bare = new Launch("sub ☃", LaunchContext.none());
    launches().open(handle, APP, bare, END.getEpochSecond());

    assertThat(launches().use(handle, APP, "r1", NOW)).contains(bare);
  }

  @Test
  void knowsNothingOfWhatWasNeverOpened() {
    assertThat(launches().find(handle, APP, NOW)).isEmpty();
    assertThat(launches().use(handle, APP, "r1", NOW)).isEmpty();
    assertThat(launches().use(handle, APP, "r1", NOW)).isEmpty();
  }

  @Test
  void isNeitherShownToNorUsedUpByAnotherClient() {
    open();
    var other = new ClientId("other");

    assertThat(launches().find(handle, other, NOW)).isEmpty();
    assertThat(launches().use(handle, other, "r1", NOW)).isEmpty();
    assertThat(launches().use(handle, APP, "r2", NOW)).contains(launch);
  }

  @Test
  void comparesTheExpiryItself() {
    open();

    assertThat(launches().find(handle, APP, END)).isEmpty();
    assertThat(launches().use(handle, APP, "r1", END)).isEmpty();
    assertThat(launches().use(handle, APP, "r2", END.minusSeconds(1))).contains(launch);
  }

  @Test
  void isUsedByOneOfManyCallers() throws Exception {
    open();

    var answers = Race.of(i -> launches().use(handle, APP, "r" + i, NOW));

    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
  }
}
