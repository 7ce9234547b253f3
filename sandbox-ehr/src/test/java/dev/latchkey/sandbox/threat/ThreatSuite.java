package dev.latchkey.sandbox.threat;

import static dev.latchkey.event.OperatorEvent.Kind.INVALID_CLIENT;
import static dev.latchkey.event.OperatorEvent.Kind.REUSE;
import static dev.latchkey.event.OperatorEvent.Kind.SHADOW;
import static dev.latchkey.event.OperatorEvent.Kind.SHADOW_SUSPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.latchkey.event.OperatorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats to refresh-token families, each defeated for the classes of apps that it meets. A thief
/// of a public app's token is as good as the app; a thief of a confidential app's token is tried
/// without the secret and with it.
abstract class ThreatSuite extends Scene {
  private static final Duration AFTER_THE_WINDOW = Duration.ofSeconds(31);
  private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(9);
  private static final int SHADOW_ROUNDS = 6;

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
    assertThat(local.events().kinds()).isEqualTo(reportedAfterAThief(kind, REUSE));
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
    assertThat(local.events().kinds()).isEqualTo(reportedAfterAThief(kind, REUSE));
  }

  /// One try without the secret, where there is one, and then this.
  private static List<OperatorEvent.Kind> reportedAfterAThief(
      AppClass kind, OperatorEvent.Kind then) {
    return kind.isPublic() ? List.of(then) : List.of(INVALID_CLIENT, then);
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
    assertThat(local.events().kinds()).containsExactly(SHADOW_SUSPECTED, SHADOW);
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
    var reported = new ArrayList<>(Collections.nCopies(SHADOW_ROUNDS + 2, INVALID_CLIENT));
    reported.add(SHADOW_SUSPECTED);
    assertThat(local.events().kinds()).containsExactlyInAnyOrderElementsOf(reported);
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
    assertThat(local.events().kinds()).containsExactly(REUSE);
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
    assertThat(local.events().kinds()).isEmpty();
  }
}
