package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.authorize.Codes;
import dev.latchkey.authorize.Codes.Redemption;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every store of authorization codes does.
public abstract class CodesContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant END = TestRequests.CODE_END;

  private final SecretHash code = SecretHash.of(Entropy.secure().value());
  private final CodeBinding binding =
      TestRequests.binding("nonce", TestScopes.few(), TestLaunches.full());

  protected abstract Codes codes();

  @Test
  void keepsWhatACodeIsBoundTo() {
    codes().issue(code, binding);

    assertThat(codes().find(code)).contains(binding);
  }

  @Test
  void keepsOptionalPartsAbsentAndTextOfAnyLanguage() {
    var bare =
        new CodeBinding(
            new ClientId("app ☃"),
            "https://app.example/ü?a=1&b=%20'\"",
            "challenge",
            null,
            null,
            TestScopes.few(),
            LaunchContext.none(),
            "субъект",
            "Patient/é",
            1,
            SecretHash.of("session"),
            2,
            FamilyId.fresh(Entropy.secure()),
            END.getEpochSecond(),
            END.getEpochSecond() + 86_400,
            Assurance.UNSAID);

    codes().issue(code, bare);

    assertThat(codes().find(code)).contains(bare);
  }

  @Test
  void keepsManyScopesAsTheyAreSpelled() {
    codes().issue(code, TestRequests.binding(null, TestScopes.many(), LaunchContext.none()));

    var scopes = codes().find(code).orElseThrow().scopes();
    assertThat(scopes.spelled()).isEqualTo(TestScopes.many().spelled());
  }

  @Test
  void knowsNothingOfACodeThatWasNeverIssued() {
    assertThat(codes().find(code)).isEmpty();
    assertThat(codes().redeem(code, "r1", NOW)).isEqualTo(Redemption.UNKNOWN);
    assertThat(codes().find(code)).isEmpty();
  }

  @Test
  void findingACodeDoesNotUseIt() {
    codes().issue(code, binding);
    codes().find(code);

    assertThat(codes().redeem(code, "r1", NOW)).isEqualTo(Redemption.REDEEMED);
  }

  @Test
  void usesACodeOnceAndStillKnowsIt() {
    codes().issue(code, binding);

    assertThat(codes().redeem(code, "r1", NOW)).isEqualTo(Redemption.REDEEMED);
    assertThat(codes().redeem(code, "r2", NOW)).isEqualTo(Redemption.REPLAYED);
    assertThat(codes().find(code)).contains(binding);
  }

  @Test
  void takesARepeatedSendForTheSameRequest() {
    codes().issue(code, binding);
    codes().redeem(code, "r1", NOW);

    assertThat(codes().redeem(code, "r1", NOW)).isEqualTo(Redemption.REDEEMED);
    assertThat(codes().redeem(code, "r2", NOW)).isEqualTo(Redemption.REPLAYED);
    assertThat(codes().redeem(code, "r1", NOW)).isEqualTo(Redemption.REDEEMED);
  }

  @Test
  void comparesTheExpiryItself() {
    codes().issue(code, binding);

    assertThat(codes().redeem(code, "r1", END)).isEqualTo(Redemption.UNKNOWN);
    assertThat(codes().find(code)).contains(binding);
    assertThat(codes().redeem(code, "r2", END.minusSeconds(1))).isEqualTo(Redemption.REDEEMED);
  }

  @Test
  void recognisesAReplayAfterTheExpiryToo() {
    codes().issue(code, binding);
    codes().redeem(code, "r1", NOW);

    assertThat(codes().redeem(code, "r2", END.plus(Duration.ofMinutes(5))))
        .isEqualTo(Redemption.REPLAYED);
  }

  @Test
  void redeemsForOneOfManyCallers() throws Exception {
    codes().issue(code, binding);

    var results = Race.of(i -> codes().redeem(code, "request-" + i, NOW));

    assertThat(results).filteredOn(Redemption.REDEEMED::equals).hasSize(1);
    assertThat(results).filteredOn(Redemption.REPLAYED::equals).hasSize(Race.CALLERS - 1);
  }

  @Test
  void keepsCodesApart() {
    var other = SecretHash.of(Entropy.secure().value());
    codes().issue(code, binding);
    codes().issue(other, TestRequests.binding(null, TestScopes.few(), LaunchContext.none()));

    codes().redeem(other, "r1", NOW);

    assertThat(codes().redeem(code, "r2", NOW)).isEqualTo(Redemption.REDEEMED);
  }
}
