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
import dev.latchkey.http.Unavailable;
import dev.latchkey.secret.WrappedKeys;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// How a key that every instance shares is made, wrapped and unwrapped.
class KmsSharedKeyTest {
  private final CountedCalls calls = new CountedCalls();
  private final MutableClock clock = new MutableClock();
  private final DynamoDbClient dynamoDb = DynamoDbLocal.client();
  private final KmsClient kms = calls.around(KmsClient.class, new InProcessKms());
  private final WrappedKeys store =
      new DynamoWrappedKeys(
          new AwsClients(calls.around(DynamoDbClient.class, dynamoDb), kms)
              .table(TableTemplates.create(dynamoDb).registry()));
  private final KmsSharedKey key = another("client-secret");

  @Test
  void makesTheKeyOnFirstUseAndKeepsIt() {
    var made = key.get();

    assertThat(made).hasSize(32);
    assertThat(key.get()).isEqualTo(made);
    assertThat(another("client-secret").get()).isEqualTo(made);
    assertThat(calls.of("generateDataKey")).isEqualTo(1);
    assertThat(store.find("client-secret"))
        .hasValueSatisfying(
            kept -> assertThat(hex(kept)).doesNotContain(hex(made).substring(0, 16)));
  }

  @Test
  void findsNoKeyBeforeThereIsOneAndMakesNone() {
    assertThat(key.find()).isEmpty();
    assertThat(calls.counts()).containsOnly(entry("getItem", 1));

    var made = another("client-secret").get();

    assertThat(key.find()).contains(made);
  }

  @Test
  void readsAndUnwrapsOnceAnHour() {
    var made = key.get();
    clock.advance(Duration.ofMinutes(59));
    calls.reset();
    assertThat(key.get()).isEqualTo(made);
    assertThat(calls.counts()).isEmpty();

    clock.advance(Duration.ofMinutes(1));

    assertThat(key.find()).contains(made);
    assertThat(calls.counts()).containsOnly(entry("getItem", 1), entry("decrypt", 1));
  }

  @Test
  void unwrapsOnceForRequestsThatArriveTogether() throws Exception {
    key.get();
    clock.advance(Duration.ofHours(1));
    calls.reset();

    Race.of(_ -> hex(key.get()));

    assertThat(calls.counts()).containsOnly(entry("getItem", 1), entry("decrypt", 1));
  }

  @Test
  void agreesOnOneKeyWhenManyInstancesStartTogether() throws Exception {
    var made = Race.of(_ -> hex(another("client-secret").get()));

    assertThat(made).containsOnly(hex(key.get()));
  }

  @Test
  void opensNothingThatWasWrappedForAnotherUse() {
    another("another").get();
    store.keepFirst("client-secret", store.find("another").orElseThrow());

    assertThatThrownBy(key::get).isInstanceOf(Unavailable.class);
  }

  @Test
  void saysSoWhenKmsCannotBeReachedAndKeepsNothing() {
    var cutOff = Faults.unreachable(KmsClient.class);
    var instance = new KmsSharedKey(cutOff, InProcessKms.TOKEN_KEY, "client-secret", store, clock);

    assertThatThrownBy(instance::get).isInstanceOf(Unavailable.class);
    assertThat(store.find("client-secret")).isEmpty();
  }

  private KmsSharedKey another(String use) {
    return new KmsSharedKey(kms, InProcessKms.TOKEN_KEY, use, store, clock);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
