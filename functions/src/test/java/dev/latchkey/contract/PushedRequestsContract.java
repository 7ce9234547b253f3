package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.PushedRequest;
import dev.latchkey.authorize.PushedRequests;
import dev.latchkey.client.ClientId;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of pushed authorization requests does.
public abstract class PushedRequestsContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant END = NOW.plusSeconds(90);
  private static final ClientId APP = new ClientId("app");

  private final SecretHash handle = SecretHash.of(Entropy.secure().value());
  private final PushedRequest pushed =
      new PushedRequest(APP, "scope=openid&state=%00%F0%9F%94%91+x", END.getEpochSecond());

  protected abstract PushedRequests requests();

  @Test
  void givesARequestOutOnce() {
    requests().keep(handle, pushed);

    assertThat(requests().use(handle, APP, "r1", NOW)).contains(pushed);
    assertThat(requests().use(handle, APP, "r2", NOW)).isEmpty();
    assertThat(requests().use(handle, APP, "r3", NOW)).isEmpty();
  }

  @Test
  void givesItToTheSameRequestAgain() {
    requests().keep(handle, pushed);
    var _ = requests().use(handle, APP, "r1", NOW);

    assertThat(requests().use(handle, APP, "r1", NOW)).contains(pushed);
  }

  @Test
  void knowsNothingOfWhatWasNeverPushed() {
    assertThat(requests().use(handle, APP, "r1", NOW)).isEmpty();
    assertThat(requests().use(handle, APP, "r1", NOW)).isEmpty();
  }

  @Test
  void isNotUsedUpByAnotherClient() {
    requests().keep(handle, pushed);

    assertThat(requests().use(handle, new ClientId("other"), "r1", NOW)).isEmpty();
    assertThat(requests().use(handle, APP, "r2", NOW)).contains(pushed);
  }

  @Test
  void comparesTheExpiryItself() {
    requests().keep(handle, pushed);

    assertThat(requests().use(handle, APP, "r1", END)).isEmpty();
    assertThat(requests().use(handle, APP, "r2", END.minusSeconds(1))).contains(pushed);
  }

  @Test
  void keepsALongRequest() {
    var long16k = new PushedRequest(APP, "scope=" + "x".repeat(16_384), END.getEpochSecond());
    requests().keep(handle, long16k);

    assertThat(requests().use(handle, APP, "r1", NOW)).contains(long16k);
  }

  @Test
  void isUsedByOneOfManyCallers() throws Exception {
    requests().keep(handle, pushed);

    var answers = Race.of(i -> requests().use(handle, APP, "r" + i, NOW));

    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
  }
}
