package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.http.Unavailable;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InteractionOutageTest {
  /// A store that does not answer.
  private static final class Down implements Transactions {
    @Override
    public void begin(Transaction transaction) {
      throw down();
    }

    @Override
    public Optional<Transaction> find(SecretHash handle, Instant now) {
      throw down();
    }

    @Override
    public boolean update(Transaction changed, SecretHash previousBrowser, Instant now) {
      throw down();
    }

    @Override
    public boolean decide(SecretHash handle, Instant now) {
      throw down();
    }

    private static Unavailable down() {
      return new Unavailable("DynamoDB", new IOException("canary: timed out at 10.0.0.1"));
    }
  }

  @Test
  void peopleGetAPageAndNotJson() {
    var page = new TestBrowser(withTransactionsDown()).open("consent", "some-transaction");

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.headers())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("retry-after", "5")
        .containsEntry("x-frame-options", "DENY")
        .doesNotContainKey("access-control-allow-origin");
    assertThat(page.body())
        .contains("We cannot go on just now")
        .doesNotContain("canary", "DynamoDB", "Exception");
  }

  private static Wiring withTransactionsDown() {
    var up = LocalWiring.start().wiring();
    var stores = up.stores();
    return new Wiring(
        up.identity(),
        new Stores(
            stores.clients(),
            stores.users(),
            stores.throttle(),
            stores.sessions(),
            new Down(),
            stores.pushedRequests(),
            stores.launches(),
            stores.codes(),
            stores.families(),
            stores.cutoffs(),
            stores.tokenKeys(),
            stores.usedIdentifiers(),
            stores.initialAccessTokens(),
            stores.requestCounts(),
            stores.wrappedKeys(),
            stores.signingSchedules(),
            stores.windowKeys(),
            stores.signInHandles()),
        up.signingKeys(),
        up.tokenKeys(),
        up.clientSecretKey(),
        up.keySets(),
        up.events(),
        up.clock(),
        up.entropy(),
        up.registration(),
        up.consent(),
        up.portal(),
        up.edge());
  }
}
