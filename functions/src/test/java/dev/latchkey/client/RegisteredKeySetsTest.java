package dev.latchkey.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.KeySetSource.Answer;
import dev.latchkey.client.KeySets.Found;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.RecordedEvents;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.event.OperatorEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TOK-14 and T29: how long a key set is believed, and how often its address is asked.
class RegisteredKeySetsTest {
  private static final SigningApp APP = SigningApp.called("cached");
  private static final SigningApp NEXT = SigningApp.called("cached");
  private static final String KID = "ec-1";
  private static final Client CLIENT = at("https://app.example/jwks");

  private final MutableClock clock = new MutableClock();
  private final RecordedEvents events = new RecordedEvents();
  private final AtomicInteger asked = new AtomicInteger();
  private Answer answer = new Answer.KeySet(APP.jwks(), -1);
  private final RegisteredKeySets keySets =
      new RegisteredKeySets(
          _ -> {
            asked.incrementAndGet();
            return answer;
          },
          events,
          clock);

  @ParameterizedTest
  @CsvSource({
    "-1, 300",
    "0, 1",
    "1, 1",
    "30, 30",
    "60, 60",
    "3600, 3600",
    "3601, 3600",
    "999999999, 3600",
  })
  void aKeySetIsBelievedAsLongAsTheClientSaysAndNoLongerThanAnHour(long maxAge, long seconds) {
    answer = new Answer.KeySet(APP.jwks(), maxAge);
    assertFound(KID);

    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertFound(KID);
    assertThat(asked).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertFound(KID);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aKeyThatTheClientTookBackIsForgottenInTime() {
    answer = new Answer.KeySet(APP.jwks(), 60);
    assertFound("rsa-1");
    answer = new Answer.KeySet("{\"keys\":[" + APP.ec().toPublicJWK().toJSONString() + "]}", 60);

    clock.advance(Duration.ofSeconds(59));
    assertFound("rsa-1");
    clock.advance(Duration.ofSeconds(1));
    assertUnknown("rsa-1");
  }

  @Test
  void aNewKeyIsFoundByAskingOnceMore() {
    answer = new Answer.KeySet(APP.jwks(), 3600);
    assertFound(KID);
    var rotated = NEXT.ec().toPublicJWK().toJSONString().replace(KID, "ec-2");
    answer = new Answer.KeySet("{\"keys\":[" + rotated + "]}", 3600);

    clock.advance(Duration.ofSeconds(60));
    assertFound("ec-2");
    assertThat(asked).hasValue(2);
    assertUnknown(KID);
  }

  @Test
  void t29_aStormOfUnknownKeysCostsOneQuestionPerMinute() {
    answer = new Answer.KeySet(APP.jwks(), 3600);
    assertFound(KID);

    for (int second = 0; second < 180; second++) {
      clock.advance(Duration.ofSeconds(1));
      assertUnknown("unknown-" + second);
      assertFound(KID);
    }
    assertThat(asked).hasValue(4);
  }

  @Test
  void t29_callersAtTheSameTimeAskOnce() throws Exception {
    var others = new CountDownLatch(1);
    var slow =
        new RegisteredKeySets(
            _ -> {
              asked.incrementAndGet();
              try {
                var _ = others.await(100, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return answer;
            },
            events,
            clock);

    var found = Race.of(i -> slow.find(CLIENT, i % 2 == 0 ? KID : "unknown"));

    assertThat(found).allMatch(Found.Keys.class::isInstance);
    assertThat(asked).hasValue(1);
  }

  @Test
  void t29_anAddressThatFailsIsLeftAloneForAMoment() {
    answer = new Answer.Failed();
    for (int call = 0; call < 10; call++) {
      assertUnreadable();
    }
    assertThat(asked).hasValue(1);
    answer = new Answer.KeySet(APP.jwks(), 60);

    clock.advance(Duration.ofSeconds(9));
    assertUnreadable();
    clock.advance(Duration.ofSeconds(1));
    assertFound(KID);
  }

  @Test
  void anAddressThatFailsTakesNoKeysThatAreStillGood() {
    answer = new Answer.KeySet(APP.jwks(), 3600);
    assertFound(KID);
    answer = new Answer.Failed();

    clock.advance(Duration.ofSeconds(60));
    assertUnknown("invented");
    assertThat(asked).hasValue(2);
    assertFound(KID);
    clock.advance(Duration.ofSeconds(3539));
    assertFound(KID);
    clock.advance(Duration.ofSeconds(1));
    assertUnreadable();
  }

  @Test
  void whatIsNoKeySetIsUnreadable() {
    for (var text : new String[] {"", "{}", "[]", "{\"keys\":[{\"kty\":\"RSA\"}]}"}) {
      answer = new Answer.KeySet(text, 3600);
      assertUnreadable();
      clock.advance(Duration.ofSeconds(10));
    }
  }

  @Test
  void t29_operatorsAreToldOfAnAddressThatIsBlocked() {
    answer = new Answer.Blocked();
    assertUnreadable();
    assertUnreadable();

    assertThat(events.events())
        .containsExactly(new OperatorEvent(OperatorEvent.Kind.KEY_SET_BLOCKED, "cached", "", -1));
  }

  @Test
  void eachAddressIsKeptByItself() {
    assertFound(KID);
    answer = new Answer.Failed();
    assertThat(keySets.find(at("https://other.example/jwks"), KID))
        .isInstanceOf(Found.Unreadable.class);
    assertFound(KID);
    assertThat(asked).hasValue(2);
  }

  @Test
  void ofManyAddressesThoseUsedLastAreKept() {
    assertFound(KID);
    for (int other = 0; other < 999; other++) {
      var _ = keySets.find(at("https://other.example/" + other), KID);
    }
    assertFound(KID);
    assertThat(asked).hasValue(1000);
    var _ = keySets.find(at("https://other.example/999"), KID);

    assertFound(KID);
    assertThat(asked).hasValue(1001);
    var _ = keySets.find(at("https://other.example/0"), KID);
    assertThat(asked).hasValue(1002);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "not JSON"})
  void aRegisteredKeySetThatCannotBeReadIsNoFault(String jwks) {
    assertThat(keySets.find(APP.registered(ClientKeys.inline(jwks)), KID))
        .isInstanceOf(Found.Unreadable.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void anAppWithoutKeysHasNone() {
    assertThat(keySets.find(APP.registered(ClientKeys.NONE), KID))
        .isEqualTo(new Found.Keys(List.of()));
  }

  private void assertFound(String kid) {
    assertThat(keys(kid)).as(kid).hasSize(1);
  }

  private void assertUnknown(String kid) {
    assertThat(keys(kid)).as(kid).isEmpty();
  }

  private List<?> keys(String kid) {
    assertThat(keySets.find(CLIENT, kid)).isInstanceOf(Found.Keys.class);
    return keySets.find(CLIENT, kid) instanceof Found.Keys(var keys) ? keys : List.of();
  }

  private void assertUnreadable() {
    assertThat(keySets.find(CLIENT, KID)).isInstanceOf(Found.Unreadable.class);
  }

  private static Client at(String address) {
    return APP.registered(ClientKeys.at(address));
  }
}
