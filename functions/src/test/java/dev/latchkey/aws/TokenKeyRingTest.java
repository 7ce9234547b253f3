package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.latchkey.contract.CountedCalls;
import dev.latchkey.contract.DynamoDbLocal;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.RefreshToken;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.TokenKeyPolicy;
import dev.latchkey.secret.Entropy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// Several token keys at once, seen by instances that each have a cache of their own.
class TokenKeyRingTest {
  private final Entropy entropy = Entropy.secure();
  private final CountedCalls calls = new CountedCalls();
  private final MutableClock clock = new MutableClock();
  private final DynamoDbClient dynamoDb = DynamoDbLocal.client();
  private final KmsClient kms = calls.around(KmsClient.class, new InProcessKms());
  private final DynamoWrappedTokenKeys store =
      new DynamoWrappedTokenKeys(
          new AwsClients(calls.around(DynamoDbClient.class, dynamoDb), kms)
              .table(TableTemplates.create(dynamoDb).registry()));
  private final KmsTokenKeys keys = another();

  /// Three instances that start, and so read the ring, at different seconds. Each makes a token
  /// each second, and every other one reads it in the same second. A token of the first key stays
  /// good.
  @Test
  void noInstanceEverRefusesWhatAnotherMadeDuringARotation() {
    var all = List.of(another(), another(), another());
    var first = token(all.getFirst());
    var makers = new TreeSet<Integer>();
    for (int second = 0; second < 300; second++) {
      if (second == 61) {
        another().add(clock.seconds() + TokenKeyPolicy.LEAD.toSeconds());
      }
      var started = all.subList(0, Math.min(all.size(), 1 + second / 19));
      for (var maker : started) {
        var token = token(maker);
        makers.add(maker.current().id());
        assertThat(started)
            .as("second %d", second)
            .allMatch(reader -> RefreshTokenFormat.read(token, reader).isPresent())
            .allMatch(reader -> RefreshTokenFormat.read(first, reader).isPresent());
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(makers).containsExactly(1, 2);
    assertThat(all).allMatch(instance -> instance.current().id() == 2);
  }

  @Test
  void aKeyThatIsNotUsableYetReadsTokensAndMakesNone() {
    keys.current();
    keys.add(clock.seconds() + 120);

    assertThat(keys.find(2)).isPresent();
    assertThat(keys.current().id()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(119));
    assertThat(keys.current().id()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(keys.current().id()).isEqualTo(2);
  }

  @Test
  void aRetiredKeyIsGarbageHereAtOnceAndEverywhereWithinAMinute() {
    var other = another();
    var old = token(other);
    keys.add(clock.seconds());

    assertThat(keys.retire(1, clock.seconds())).isTrue();

    assertThat(RefreshTokenFormat.read(old, keys)).isEmpty();
    assertThat(keys.current().id()).isEqualTo(2);
    clock.advance(TokenKeyPolicy.RING_AGE);
    assertThat(RefreshTokenFormat.read(old, other)).isEmpty();
    assertThat(other.current().id()).isEqualTo(2);
  }

  @Test
  void aTokenOfARetiredKeyCostsNothing() {
    var old = token(keys);
    keys.add(clock.seconds());
    keys.retire(1, clock.seconds());
    keys.current();
    calls.reset();

    assertThat(RefreshTokenFormat.read(old, keys)).isEmpty();

    assertThat(calls.counts()).isEmpty();
  }

  @Test
  void makesAnotherKeyWhereEveryOneIsRetiredAndNeverUsesAnIdAgain() {
    keys.current();
    keys.retire(1, clock.seconds());

    assertThat(keys.current().id()).isEqualTo(2);
    assertThat(another().current().id()).isEqualTo(2);
    assertThat(keys.schedule().keys()).extracting(WrappedTokenKey::id).containsExactly(1, 2);
  }

  @Test
  void readsTheRingAtMostOnceAMinute() {
    keys.current();
    calls.reset();

    for (int second = 0; second < 600; second++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(keys.find(1)).isPresent();
      assertThat(keys.current().id()).isEqualTo(1);
    }

    assertThat(calls.counts()).containsOnly(entry("query", 10));
  }

  @Test
  void garbageOfEveryIdCostsNothingOnceTheRingIsKnown() {
    keys.current();
    calls.reset();

    for (int id = -1; id <= 256; id++) {
      assertThat(keys.find(id).isPresent()).isEqualTo(id == 1);
    }
    for (int id = 0; id <= 255; id++) {
      assertThat(RefreshTokenFormat.read(garbage(id), keys)).isEmpty();
    }

    assertThat(calls.counts()).isEmpty();
  }

  @Test
  void saysNothingAboutATokenWhenItCannotLookWhatWasRetired() {
    var token = token(keys);
    var cutOff =
        new DynamoWrappedTokenKeys(
            new AwsClients(Faults.unreachable(DynamoDbClient.class), kms).table("registry"));
    var instance = new KmsTokenKeys(kms, InProcessKms.TOKEN_KEY, cutOff, clock);

    assertThatThrownBy(() -> RefreshTokenFormat.read(token, instance))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> instance.retire(1, 1)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> instance.add(1)).isInstanceOf(Unavailable.class);
  }

  @Test
  void readsAgainWhenTheClockWasSetBack() {
    keys.current();
    clock.set(Instant.parse("2036-02-01T00:00:00Z"));
    calls.reset();

    assertThat(keys.find(1)).isPresent();

    assertThat(calls.of("query")).isEqualTo(1);
  }

  @Test
  void saysClearlyWhenThereIsNoIdLeft() {
    store.putIfAbsent(WrappedTokenKey.of(255, new byte[] {1}, 0));
    store.retire(255, 1);

    assertThatThrownBy(keys::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There is no id left for a token key: all up to 255 were given out");
    assertThatThrownBy(() -> keys.add(1)).isInstanceOf(IllegalStateException.class);
  }

  private KmsTokenKeys another() {
    return new KmsTokenKeys(kms, InProcessKms.TOKEN_KEY, store, clock);
  }

  private String token(TokenKeys instance) {
    var key = instance.current();
    var secret = entropy.bytes(RefreshTokenFormat.SECRET_BYTES);
    return RefreshTokenFormat.write(
        new RefreshToken(key.id(), FamilyId.fresh(entropy), 0, secret), key);
  }

  /// Looks like a token of that key.
  private String garbage(int id) {
    var bytes = entropy.bytes(69);
    bytes[0] = (byte) id;
    return "rt1_"
        + new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.UTF_8);
  }
}
