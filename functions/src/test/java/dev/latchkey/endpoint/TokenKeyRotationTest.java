package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.policy.TokenKeyPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What apps notice of a rotation and of a retirement, at two instances of the token function that
/// keep their own idea of the keys.
class TokenKeyRotationTest {
  private static final int APPS = 16;

  private final LocalWiring local = LocalWiring.start();
  private final TokenFunction one = new TokenFunction(local.wiring());
  private final TokenFunction two = new TokenFunction(local.another());
  private final OperatorFunction operator = new OperatorFunction(local.another());
  private final Grants grants = new Grants(local);

  @BeforeEach
  void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp());
  }

  @Test
  void appsThatRefreshAllTheTimeNoticeNothing() throws Exception {
    var tokens = new ArrayList<String>();
    for (int i = 0; i < APPS; i++) {
      tokens.add(refreshToken(grants.connect(one)));
    }
    var makers = new ArrayList<Integer>();
    for (int step = 0; step < 24; step++) {
      if (step == 6) {
        assertThat(OperatorCall.of("rotate-token-key").to(operator)).containsEntry("keyId", 2);
      }
      var next = refreshedTogether(tokens, step);
      tokens.clear();
      tokens.addAll(next);
      var ids = new TreeSet<>(tokens.stream().map(TokenKeyRotationTest::keyId).toList());
      assertThat(ids).as("step %d", step).hasSize(1);
      makers.add(ids.first());
      local.clock().advance(Duration.ofSeconds(10));
    }
    assertThat(makers).isSorted().contains(1, 2);
    assertThat(makers.indexOf(2)).isEqualTo(6 + 12);
  }

  @Test
  void aTokenFromBeforeTheRotationIsGoodForLongAfter() {
    var before = refreshToken(grants.connectBrowser(one));
    OperatorCall.of("rotate-token-key").to(operator);
    local.clock().advance(Duration.ofDays(29));

    var after = refreshToken(grants.browserRefresh(before).to(two));

    assertThat(keyId(before)).isEqualTo(1);
    assertThat(keyId(after)).isEqualTo(2);
    assertThat(grants.browserRefresh(after).to(one).status()).isEqualTo(200);
  }

  @Test
  void tokensOfARetiredKeyAreRefusedAndTheOthersGoOn() {
    var before = refreshToken(grants.connect(one));
    OperatorCall.of("rotate-token-key").to(operator);
    local.clock().advance(TokenKeyPolicy.LEAD);
    var after = refreshToken(grants.connect(two));

    OperatorCall.of(Map.of("command", "retire-token-key", "keyId", 1)).to(operator);
    local.clock().advance(TokenKeyPolicy.RING_AGE);

    for (var instance : List.of(one, two)) {
      Grants.assertRefused(grants.refresh(before).to(instance), 400, "invalid_grant");
    }
    assertThat(grants.refresh(after).to(one).status()).isEqualTo(200);
  }

  @Test
  void aTokenOfARetiredKeyIsRefusedWithoutAskingForItsFamily() {
    var before = refreshToken(grants.connect(one));
    OperatorCall.of("retire-all-token-keys").to(operator);
    local.clock().advance(TokenKeyPolicy.RING_AGE);
    grants.connect(one);
    local.calls().reset();

    Grants.assertRefused(grants.refresh("x").to(one), 400, "invalid_grant");
    var forGarbage = local.calls().counts();
    local.calls().reset();
    Grants.assertRefused(grants.refresh(before).to(one), 400, "invalid_grant");

    assertThat(local.calls().counts()).isEqualTo(forGarbage);
  }

  @Test
  void afterAllAreRetiredWhoConnectsAgainIsServed() {
    var before = refreshToken(grants.connect(one));
    OperatorCall.of("retire-all-token-keys").to(operator);
    local.clock().advance(TokenKeyPolicy.RING_AGE);

    Grants.assertRefused(grants.refresh(before).to(two), 400, "invalid_grant");
    var again = refreshToken(grants.connect(one));

    assertThat(keyId(again)).isEqualTo(2);
    assertThat(grants.refresh(again).to(two).status()).isEqualTo(200);
  }

  /// Each app at one of the two instances, in turns, all at once.
  private List<String> refreshedTogether(List<String> tokens, int step) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Callable<String>>();
      for (int i = 0; i < tokens.size(); i++) {
        var token = tokens.get(i);
        var instance = (i + step) % 2 == 0 ? one : two;
        calls.add(() -> refreshToken(grants.refresh(token).to(instance)));
      }
      var next = new ArrayList<String>();
      for (var call : threads.invokeAll(calls)) {
        next.add(call.get());
      }
      return next;
    }
  }

  private static String refreshToken(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.text("refresh_token");
  }

  private static int keyId(String token) {
    return Base64.getUrlDecoder().decode(token.substring(4))[0] & 0xff;
  }
}
