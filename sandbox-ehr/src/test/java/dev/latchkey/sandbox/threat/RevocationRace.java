package dev.latchkey.sandbox.threat;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// An app that refreshes as fast as it can while its grant is revoked, again and again, each time
/// with the revocation at another moment: some milliseconds after the first, the second or a later
/// refresh was answered, however slow the stores are.
final class RevocationRace {
  /// Browsers at once; each signs in once.
  private static final int LANES = 4;

  private static final int MOMENTS = 25;
  private static final int MOST_ANSWERED_BEFORE = 3;
  private static final int SECONDS_TO_WAIT = 60;
  private static final int MOST_REFRESHES = 1000;
  private static final long STEP_NANOS = 1_000_000;

  private final RunningSandbox sandbox;
  private final SmartApp app;

  RevocationRace(RunningSandbox sandbox, AppClass kind) {
    this.sandbox = sandbox;
    app = kind.at(sandbox);
  }

  /// @param minted every pair of tokens that the app ever got, in their order
  /// @param revokedAt when the answer to the revocation was there, by [System#nanoTime]
  /// @param lastStartedAt when the last successful refresh was sent
  record Outcome(SmartApp app, List<OIDCTokens> minted, long revokedAt, long lastStartedAt) {
    void showsNoSurvivor(Witness witness) {
      assertThat(lastStartedAt).isLessThan(revokedAt);
      minted.forEach(tokens -> witness.seesTheEndOf(app, tokens));
    }
  }

  List<Outcome> run(int races) throws Exception {
    try (var lanes = Executors.newFixedThreadPool(LANES)) {
      var running =
          lanes.invokeAll(
              IntStream.range(0, LANES)
                  .<Callable<List<Outcome>>>mapToObj(lane -> () -> run(lane, races))
                  .toList());
      var outcomes = new ArrayList<Outcome>();
      for (var lane : running) {
        outcomes.addAll(lane.get());
      }
      return outcomes;
    }
  }

  private List<Outcome> run(int lane, int races) throws Exception {
    var patient = new Patient(sandbox.baseUrl());
    var outcomes = new ArrayList<Outcome>();
    for (int race = lane; race < races; race += LANES) {
      outcomes.add(race(patient.connect(app), race));
    }
    return outcomes;
  }

  private Outcome race(OIDCTokens first, int race) throws Exception {
    var answered = new CountDownLatch(race % (MOST_ANSWERED_BEFORE + 1));
    try (var revoker = Executors.newVirtualThreadPerTaskExecutor()) {
      // Either token ends the grant.
      var either = race / (MOST_ANSWERED_BEFORE + 1) % 2 == 0;
      Token given = either ? first.getRefreshToken() : first.getAccessToken();
      Future<Long> revokedAt =
          revoker.submit(() -> revoke(given, answered, race % MOMENTS * STEP_NANOS));
      var minted = new ArrayList<>(List.of(first));
      var lastStartedAt = System.nanoTime();
      while (minted.size() < MOST_REFRESHES) {
        var startedAt = System.nanoTime();
        var answer = app.refresh(minted.getLast().getRefreshToken());
        if (!answer.indicatesSuccess()) {
          Witness.isRefused(answer, "invalid_grant");
          return new Outcome(app, minted, revokedAt.get(), lastStartedAt);
        }
        lastStartedAt = startedAt;
        minted.add(((OIDCTokenResponse) answer).getOIDCTokens());
        answered.countDown();
      }
      throw new AssertionError("The revocation never showed");
    }
  }

  private long revoke(Token token, CountDownLatch answered, long afterNanos) throws Exception {
    assertThat(answered.await(SECONDS_TO_WAIT, SECONDS)).as("the app refreshes").isTrue();
    LockSupport.parkNanos(afterNanos);
    assertThat(app.revoke(token).getStatusCode()).isEqualTo(200);
    return System.nanoTime();
  }
}
