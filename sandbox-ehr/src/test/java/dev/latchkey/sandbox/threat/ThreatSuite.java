package dev.latchkey.sandbox.threat;

import static dev.latchkey.event.OperatorEvent.Kind.GENERATION_AHEAD;
import static dev.latchkey.event.OperatorEvent.Kind.REUSE;
import static dev.latchkey.event.OperatorEvent.Kind.SHADOW;
import static dev.latchkey.event.OperatorEvent.Kind.SHADOW_SUSPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import dev.latchkey.secret.Entropy;
import dev.latchkey.wiring.Wiring;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Threats to refresh-token families, each defeated for the classes of apps that it meets. A thief
/// of a public app's token is as good as the app; a thief of a confidential app's token is tried
/// without the secret and with it.
abstract class ThreatSuite {
  private static final Duration AFTER_THE_WINDOW = Duration.ofSeconds(31);
  private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(9);
  private static final int SHADOW_ROUNDS = 6;

  private LocalWiring local;
  private Patient patient;
  private Witness witness;

  abstract TimedSandbox sandbox();

  /// How often to try what only repetition shows.
  abstract int trials();

  @BeforeEach
  void arrive() {
    local = sandbox().local().seed(TestClients.browserApp());
    patient = new Patient(sandbox().running().baseUrl());
    witness = new Witness(sandbox().running());
    local.events().reset();
  }

  @ParameterizedTest
  @EnumSource
  void t45_aStolenTokenThatComesBackAfterTheOwnerRotatedEndsTheFamily(AppClass kind) {
    var app = at(kind);
    var first = patient.connect(app);
    var second = next(app, first);
    var third = next(app, second);
    aThiefWithoutTheSecretChangesNothing(kind, first.getRefreshToken());
    witness.accepts(third.getAccessToken());

    Witness.isRefused(app.refresh(first.getRefreshToken()), "invalid_grant");

    witness.seesTheEndOf(app, third);
    witness.refuses(second.getAccessToken());
    assertThat(local.events().kindsAboutFamilies()).containsExactly(REUSE);
  }

  @ParameterizedTest
  @EnumSource
  void t46_aThiefWhoRefreshesFirstIsFoundWhenTheOwnerComes(AppClass kind) {
    var app = at(kind);
    var stolen = patient.connect(app);
    aThiefWithoutTheSecretChangesNothing(kind, stolen.getRefreshToken());
    var thiefs = next(app, stolen);
    local.clock().advance(AFTER_THE_WINDOW);
    if (!kind.isPublic()) {
      // The window of an app that proves who it is closes when the successor is used.
      thiefs = next(app, thiefs);
    }
    witness.accepts(thiefs.getAccessToken());

    Witness.isRefused(app.refresh(stolen.getRefreshToken()), "invalid_grant");

    witness.seesTheEndOf(app, thiefs);
    assertThat(local.events().kindsAboutFamilies()).containsExactly(REUSE);
  }

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
  void t48_aRetryInsideTheWindowForksNothing(AppClass kind) {
    var app = at(kind);
    var first = patient.connect(app);
    var owners = next(app, first);
    var thiefs = next(app, first);
    assertThat(thiefs.getRefreshToken()).isEqualTo(owners.getRefreshToken());

    local.clock().advance(Duration.ofHours(1));
    var ownersNext = next(app, owners);
    var thiefsNext = next(app, thiefs);
    assertThat(thiefsNext.getRefreshToken()).isEqualTo(ownersNext.getRefreshToken());

    var leaf = next(app, ownersNext);
    Witness.isRefused(app.refresh(thiefs.getRefreshToken()), "invalid_grant");
    witness.seesTheEndOf(app, leaf);
  }

  @Test
  void t49_aThiefWhoFollowsTheOwnerIsFoundAfterSixRounds() {
    var app = at(AppClass.BROWSER);
    var owners = patient.connect(app);
    for (int round = 1; round <= SHADOW_ROUNDS; round++) {
      var used = owners.getRefreshToken();
      local.clock().advance(BETWEEN_REFRESHES);
      owners = next(app, owners);
      local.clock().advance(Duration.ofSeconds(5));
      var thiefs = app.refresh(used);
      assertThat(thiefs.indicatesSuccess()).as("round %s", round).isEqualTo(round < SHADOW_ROUNDS);
    }
    witness.seesTheEndOf(app, owners);
    assertThat(local.events().kindsAboutFamilies()).containsExactly(SHADOW_SUSPECTED, SHADOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 150, 300, 450, 599})
  void t49_aThiefWhoDoesNotKnowTheOwnersClockIsGoneInFour(int secondsAfterTheOwner) {
    var app = at(AppClass.BROWSER);
    var random = new Random(secondsAfterTheOwner);
    var first = patient.connect(app);
    var owners = first.getRefreshToken();
    var thiefs = first.getRefreshToken();
    var rounds = 0;
    for (var isOver = false; !isOver; rounds++) {
      var pause = rounds == 0 ? secondsAfterTheOwner : 1 + random.nextInt(599);
      var owner = app.refresh(owners);
      local.clock().advance(Duration.ofSeconds(pause));
      var thief = app.refresh(thiefs);
      local.clock().advance(Duration.ofSeconds(600 - pause));
      isOver = !owner.indicatesSuccess();
      owners = isOver ? owners : owner.toSuccessResponse().getTokens().getRefreshToken();
      thiefs =
          thief.indicatesSuccess()
              ? thief.toSuccessResponse().getTokens().getRefreshToken()
              : thiefs;
    }
    assertThat(rounds).isLessThanOrEqualTo(4);
    Witness.isRefused(app.refresh(thiefs), "invalid_grant");
  }

  /// What the secret is worth: without it nobody follows. Somebody who stole it too may follow, and
  /// operators hear of it, but never gets a token that the owner does not have.
  @Test
  void t49_aThiefFollowsAConfidentialAppOnlyWithItsSecret() {
    var app = at(AppClass.WEB);
    var owners = patient.connect(app);
    for (int round = 1; round <= SHADOW_ROUNDS + 2; round++) {
      var used = owners.getRefreshToken();
      local.clock().advance(BETWEEN_REFRESHES);
      owners = next(app, owners);
      aThiefWithoutTheSecretChangesNothing(AppClass.WEB, used);
      assertThat(app.refreshed(used).getOIDCTokens().getRefreshToken())
          .isEqualTo(owners.getRefreshToken());
    }
    assertThat(local.events().kindsAboutFamilies()).containsExactly(SHADOW_SUSPECTED);
    var thiefs = next(app, next(app, owners));
    Witness.isRefused(app.refresh(owners.getRefreshToken()), "invalid_grant");
    witness.seesTheEndOf(app, thiefs);
  }

  /// The clock stands still here, so nothing but the generation tells the tokens apart.
  @ParameterizedTest
  @EnumSource
  void t50_twoGenerationsInOneSecondAreToldApart(AppClass kind) {
    var app = at(kind);
    var first = patient.connect(app);
    var third = next(app, next(app, first));

    Witness.isRefused(app.refresh(first.getRefreshToken()), "invalid_grant");

    witness.seesTheEndOf(app, third);
    assertThat(local.events().kindsAboutFamilies()).containsExactly(REUSE);
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
    assertThat(local.events().kindsAboutFamilies()).containsExactly(GENERATION_AHEAD);
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
    assertThat(local.events().kindsAboutFamilies()).doesNotContain(REUSE, SHADOW);
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
    assertThat(local.events().kindsAboutFamilies()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void t55_aForgedTokenCostsNothingAndHurtsNobody(AppClass kind) {
    var app = at(kind);
    var first = patient.connect(app);
    var second = next(app, first);
    var forgeries = new HashSet<RefreshToken>();
    forgeries.addAll(Forgeries.of(first.getRefreshToken()));
    forgeries.addAll(Forgeries.of(second.getRefreshToken()));
    local.calls().reset();

    forgeries.forEach(forged -> Witness.isRefused(app.refresh(forged), "invalid_grant"));

    // One read of the registry each, to know the client.
    assertThat(local.calls().counts()).containsOnly(entry("getItem", forgeries.size()));
    witness.accepts(second.getAccessToken());
    witness.seesTheLifeOf(app, second.getRefreshToken());
    assertThat(local.events().kindsAboutFamilies()).isEmpty();
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

  private SmartApp at(AppClass kind) {
    return kind.at(sandbox().running());
  }

  private static OIDCTokens next(SmartApp app, OIDCTokens tokens) {
    return app.refreshed(tokens.getRefreshToken()).getOIDCTokens();
  }

  private static RefreshToken successor(List<OIDCTokens> answers) {
    return answers.getFirst().getRefreshToken();
  }

  private void aThiefWithoutTheSecretChangesNothing(AppClass kind, RefreshToken stolen) {
    if (!kind.isPublic()) {
      var app = at(kind);
      var thief =
          new SmartApp(
              app.provider(), app.fhirBase(), app.id(), Optional.empty(), app.redirectUri());
      Witness.isRefused(thief.refresh(stolen), "invalid_client");
    }
  }

  private Wiring wiringOver(AwsClients aws) {
    return Wiring.from(local.settings(), aws, local.events(), local.clock(), Entropy.secure());
  }
}
