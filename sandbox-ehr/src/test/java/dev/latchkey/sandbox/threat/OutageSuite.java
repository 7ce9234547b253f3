package dev.latchkey.sandbox.threat;

import static dev.latchkey.event.OperatorEvent.Kind.GENERATION_AHEAD;
import static dev.latchkey.event.OperatorEvent.Kind.REUSE;
import static dev.latchkey.event.OperatorEvent.Kind.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.Race;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What crashes, restarts, lost answers, repeated sends and races do to families of refresh tokens,
/// for each class of apps: they end no grant of its owner, and leave none that has ended.
abstract class OutageSuite extends Scene {
  private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(9);

  /// How often to try what only repetition shows.
  abstract int trials();

  @ParameterizedTest
  @EnumSource
  void t47_fiftyAtOnceGetOneSuccessor(AppClass kind) throws Exception {
    var app = at(kind);
    var first = patient.connect(app);

    var answers = Race.of(_ -> app.refreshed(first.getRefreshToken()).getOIDCTokens());

    assertThat(answers).extracting(OIDCTokens::getRefreshToken).containsOnly(successor(answers));
    var leaf = witness.seesTheLifeOf(app, successor(answers));
    Witness.isRefused(app.refresh(first.getRefreshToken()), "invalid_grant");
    witness.seesTheEndOf(app, leaf);
    answers.forEach(answer -> assertThat(witness.read(answer.getAccessToken())).isEqualTo(401));
  }

  @ParameterizedTest
  @EnumSource
  void t51_aRestartForgetsNothing(AppClass kind) {
    var app = at(kind);
    var first = patient.connect(app);
    var third = next(app, next(app, first));
    var lively = next(app, patient.connect(app));

    var restarted = new LambdaApp(kind, wiringOver(local.aws()));

    var refused = restarted.refresh(first.getRefreshToken());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("error")).isEqualTo("invalid_grant");
    assertThat(restarted.refresh(third.getRefreshToken()).status()).isEqualTo(400);
    witness.seesTheEndOf(app, third);
    assertThat(restarted.refresh(lively.getRefreshToken()).status()).isEqualTo(200);
    assertThat(
            new LambdaApp(kind, wiringOver(local.aws())).refresh(lively.getRefreshToken()).json())
        .containsEntry("refresh_token", next(app, lively).getRefreshToken().getValue());
  }

  /// A restored table is behind its tokens. That is nobody's theft, so the family is not ended;
  /// what operators do about the tokens of the time before is in the runbook.
  @Test
  void t51_aTableRestoredFromAnOlderCopyServesNoNewerToken() {
    var app = at(AppClass.BROWSER);
    var first = patient.connect(app);
    var copy = StoredFamily.of(local, first.getRefreshToken());
    var third = next(app, next(app, first));

    copy.restore();

    Witness.isRefused(app.refresh(third.getRefreshToken()), "invalid_grant");
    assertThat(local.events().kinds()).containsExactly(GENERATION_AHEAD);
    assertThat(StoredFamily.of(local, first.getRefreshToken()).isActive()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void t52_nothingIsMintedAfterARevocation(AppClass kind) throws Exception {
    var races = trials() / AppClass.values().length;

    var outcomes = new RevocationRace(sandbox().running(), kind).run(races);

    assertThat(outcomes).hasSize(races).allSatisfy(outcome -> outcome.showsNoSurvivor(witness));
  }

  @ParameterizedTest
  @EnumSource
  void t53_lostAnswersLogNobodyOut(AppClass kind) {
    var app = at(kind);
    var network = new Random(53);
    var token = patient.connect(app).getRefreshToken();
    var lost = 0;
    for (int cycle = 0; cycle < trials(); cycle++) {
      local.clock().advance(BETWEEN_REFRESHES);
      var answer = app.refreshed(token).getOIDCTokens().getRefreshToken();
      while (network.nextInt(10) == 0) {
        // It is lost on its way back: the app has its old token only, and asks again with that.
        lost++;
        local.clock().advance(kind.patience().dividedBy(3));
        var again = app.refreshed(token).getOIDCTokens().getRefreshToken();
        assertThat(again).isEqualTo(answer);
      }
      token = answer;
    }
    assertThat(lost).isBetween(trials() / 20, trials() / 5);
    witness.seesTheLifeOf(app, token);
    assertThat(local.events().kinds()).doesNotContain(REUSE, SHADOW);
  }

  @ParameterizedTest
  @EnumSource
  void t54_aWriteThatTheSdkSendsTwiceIsNoReuse(AppClass kind) {
    var app = at(kind);
    var twice = Faults.sentTwice(DynamoDbClient.class, local.aws().dynamoDb());
    var faulty = new LambdaApp(kind, wiringOver(new AwsClients(twice, local.aws().kms())));
    var started = app.start(Patient.OFFLINE);

    var first = faulty.exchange(started, patient.code(app, started));
    assertThat(first.status()).isEqualTo(200);
    var second = faulty.refresh(new RefreshToken(first.text("refresh_token")));
    assertThat(second.status()).isEqualTo(200);
    var again = faulty.refresh(new RefreshToken(first.text("refresh_token")));
    assertThat(again.text("refresh_token")).isEqualTo(second.text("refresh_token"));
    var third = faulty.refresh(new RefreshToken(second.text("refresh_token")));
    assertThat(third.status()).isEqualTo(200);

    witness.seesTheLifeOf(app, new RefreshToken(third.text("refresh_token")));
    assertThat(local.events().kinds()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void t56_whatIsPastItsTimeIsRefusedThoughItIsStillThere(AppClass kind) {
    var expiry = new Expiry(sandbox(), kind);
    expiry.ofACode();
    expiry.ofATransaction();
    expiry.ofASession();
    expiry.ofAnAccessToken();
    expiry.ofAnIdleFamily();
    expiry.ofAFamilyAtItsEnd();
    expiry.ofSignInAttempts();
  }

  private static RefreshToken successor(List<OIDCTokens> answers) {
    return answers.getFirst().getRefreshToken();
  }
}
