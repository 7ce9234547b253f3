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
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.http.Unavailable;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// How a token key is made, wrapped and unwrapped. `TokenKeyRingTest` has more than one.
class KmsTokenKeysTest {
  private final CountedCalls calls = new CountedCalls();
  private final MutableClock clock = new MutableClock();
  private final DynamoDbClient dynamoDb = DynamoDbLocal.client();
  private final KmsClient kms = calls.around(KmsClient.class, new InProcessKms());
  private final WrappedTokenKeys store =
      new DynamoWrappedTokenKeys(
          new AwsClients(calls.around(DynamoDbClient.class, dynamoDb), kms)
              .table(TableTemplates.create(dynamoDb).registry()));
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

    var stored = store.all().getFirst();
    assertThat(Base64.getEncoder().encodeToString(stored.wrapped())).doesNotContain(text(made));
    assertThat(made.toString()).doesNotContain(text(made).substring(0, 8));
    assertThat(stored.toString()).contains("id=1").doesNotContain("[B@");
  }

  @Test
  void findsNoKeyBeforeThereIsOneAndMakesNone() {
    assertThat(keys.find(1)).isEmpty();
    assertThat(calls.counts()).containsOnly(entry("query", 1));
  }

  @Test
  void keepsNoEmptyRingSinceTheFirstKeyIsUsedAtOnce() {
    assertThat(keys.find(1)).isEmpty();
    var made = another().current();

    assertThat(keys.find(1).map(KmsTokenKeysTest::text)).contains(text(made));
  }

  @Test
  void unwrapsOnceAnHour() {
    var made = text(keys.current());
    clock.advance(Duration.ofMinutes(59));
    calls.reset();
    assertThat(text(keys.current())).isEqualTo(made);
    assertThat(calls.of("decrypt")).isZero();

    clock.advance(Duration.ofMinutes(1));

    assertThat(keys.find(1).map(KmsTokenKeysTest::text)).contains(made);
    assertThat(calls.of("decrypt")).isEqualTo(1);
  }

  @Test
  void unwrapsOnceForRequestsThatArriveTogether() throws Exception {
    keys.current();
    clock.advance(Duration.ofHours(1));
    calls.reset();

    Race.of(_ -> keys.current());

    assertThat(calls.counts()).containsOnly(entry("query", 1), entry("decrypt", 1));
  }

  @Test
  void agreesOnOneKeyWhenManyInstancesStartTogether() throws Exception {
    var made = Race.of(_ -> text(another().current()));

    assertThat(made).containsOnly(text(keys.current()));
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void opensNothingThatWasWrappedForAnotherUse() {
    var foreign =
        kms.generateDataKey(generate -> generate.keyId(InProcessKms.TOKEN_KEY).numberOfBytes(32));
    store.putIfAbsent(WrappedTokenKey.of(1, foreign.ciphertextBlob().asByteArray(), 0));

    assertThatThrownBy(keys::current).isInstanceOf(Unavailable.class);
  }

  @Test
  void opensNoKeyUnderTheIdOfAnother() {
    keys.current();
    store.putIfAbsent(WrappedTokenKey.of(2, store.all().getFirst().wrapped(), 0));
    var instance = another();

    assertThatThrownBy(() -> instance.find(2)).isInstanceOf(Unavailable.class);
    assertThat(instance.find(1)).isPresent();
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
    assertThat(store.all()).isEmpty();
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
    public List<WrappedTokenKey> all() {
      if (!over) {
        over = true;
        throw new Unavailable("DynamoDB", new IllegalStateException("down"));
      }
      return store.all();
    }

    @Override
    public boolean putIfAbsent(WrappedTokenKey key) {
      return store.putIfAbsent(key);
    }

    @Override
    public boolean retire(int id, long at) {
      return store.retire(id, at);
    }
  }
}
