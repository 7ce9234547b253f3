package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.latchkey.contract.CountedCalls;
import dev.latchkey.contract.DynamoDbLocal;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.family.TokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.http.Unavailable;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsTokenKeysTest {
  private final CountedCalls calls = new CountedCalls();
  private final MutableClock clock = new MutableClock();
  private final KmsClient kms = calls.around(KmsClient.class, new InProcessKms());
  private final WrappedTokenKeys store =
      new DynamoWrappedTokenKeys(
          new AwsClients(calls.around(DynamoDbClient.class, DynamoDbLocal.client()), kms)
              .table(TableTemplates.create(DynamoDbLocal.client()).registry()));
  private final KmsTokenKeys keys = another();

  @Test
  void callsNothingBeforeItIsNeeded() {
    assertThat(calls.counts()).isEmpty();
  }

  @Test
  void makesTheKeyOnFirstUseAndKeepsIt() {
    var made = keys.current();

    assertThat(made.id()).isEqualTo(1);
    assertThat(made.tagKey()).hasSize(32).isNotEqualTo(made.nextKey());
    assertThat(text(keys.current())).isEqualTo(text(made));
    assertThat(text(another().current())).isEqualTo(text(made));
    assertThat(keys.find(1).map(KmsTokenKeysTest::text)).contains(text(made));
    assertThat(calls.of("generateDataKey")).isEqualTo(1);
  }

  @Test
  void storesTheKeyWrappedOnly() {
    var made = keys.current();

    var stored = Base64.getEncoder().encodeToString(store.find(1).orElseThrow());
    assertThat(stored).doesNotContain(text(made));
    assertThat(made.toString()).doesNotContain(text(made).substring(0, 8));
  }

  @Test
  void findsNoKeyBeforeThereIsOneAndMakesNone() {
    assertThat(keys.find(1)).isEmpty();
    assertThat(calls.counts()).containsOnly(entry("getItem", 1));
  }

  @Test
  void knowsWithoutAnyCallWhichIdsNeverWere() {
    for (var id : new int[] {-1, 0, 2, 77, 255}) {
      assertThat(keys.find(id)).isEmpty();
    }
    assertThat(calls.counts()).isEmpty();
  }

  @Test
  void unwrapsOnceAnHour() {
    var made = text(keys.current());
    calls.reset();
    clock.advance(Duration.ofMinutes(59));
    assertThat(text(keys.current())).isEqualTo(made);
    assertThat(calls.counts()).isEmpty();

    clock.advance(Duration.ofMinutes(1));

    assertThat(keys.find(1).map(KmsTokenKeysTest::text)).contains(made);
    assertThat(calls.counts()).containsOnly(entry("getItem", 1), entry("decrypt", 1));
  }

  @Test
  void unwrapsOnceForRequestsThatArriveTogether() throws Exception {
    keys.current();
    clock.advance(Duration.ofHours(1));
    calls.reset();

    Race.of(_ -> keys.current());

    assertThat(calls.of("decrypt")).isEqualTo(1);
  }

  @Test
  void agreesOnOneKeyWhenManyInstancesStartTogether() throws Exception {
    var made = Race.of(_ -> text(another().current()));

    assertThat(made).containsOnly(text(keys.current()));
  }

  @Test
  void opensNothingThatWasWrappedForAnotherUse() {
    var foreign =
        kms.generateDataKey(generate -> generate.keyId(InProcessKms.TOKEN_KEY).numberOfBytes(32));
    store.putIfAbsent(1, foreign.ciphertextBlob().asByteArray());

    assertThatThrownBy(keys::current).isInstanceOf(Unavailable.class);
  }

  @Test
  void recoversFromAnOutage() {
    keys.current();
    var failing = new OneOutage(store);
    var instance = new KmsTokenKeys(kms, InProcessKms.TOKEN_KEY, failing, clock);

    assertThatThrownBy(instance::current).isInstanceOf(Unavailable.class);
    assertThat(text(instance.current())).isEqualTo(text(keys.current()));
  }

  @Test
  void saysSoWhenKmsCannotBeReached() {
    var cutOff =
        new KmsTokenKeys(Faults.unreachable(KmsClient.class), InProcessKms.TOKEN_KEY, store, clock);

    assertThatThrownBy(cutOff::current).isInstanceOf(Unavailable.class);
    assertThat(store.find(1)).isEmpty();
  }

  private KmsTokenKeys another() {
    return new KmsTokenKeys(kms, InProcessKms.TOKEN_KEY, store, clock);
  }

  private static String text(TokenKey key) {
    return Base64.getEncoder().encodeToString(key.tagKey())
        + Base64.getEncoder().encodeToString(key.nextKey());
  }

  /// Fails once.
  private static final class OneOutage implements WrappedTokenKeys {
    private final WrappedTokenKeys store;
    private boolean over;

    private OneOutage(WrappedTokenKeys store) {
      this.store = store;
    }

    @Override
    public Optional<byte[]> find(int id) {
      if (!over) {
        over = true;
        throw new Unavailable("DynamoDB", new IllegalStateException("down"));
      }
      return store.find(id);
    }

    @Override
    public boolean putIfAbsent(int id, byte[] wrapped) {
      return store.putIfAbsent(id, wrapped);
    }
  }
}
