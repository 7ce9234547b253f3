package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.BrokenDynamoDb;
import dev.latchkey.aws.InMemoryDynamoDb;
import dev.latchkey.family.RealRefresh.Stored;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.family.Setup.Part;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.ReuseResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The search finds what it is there to find: each test breaks one thing on purpose and prints a
/// shortest trace to the harm. The tests named after what is kept twice break something and find
/// nothing, because something else keeps it as well.
@Tag("model")
class MutantTest {
  private static final Setup GUARDED = Setup.guarded(TestPolicies.BEARER);
  private static final Setup OPEN = Setup.open(TestPolicies.BEARER);
  private static final Duration WINDOW = Invariants.WINDOW;
  private static final int DEPTH = 8;

  @Test
  void aRefreshThatDoesNotAskWhetherTheFamilyIsRevoked() {
    assertFound(
        GUARDED.over(BrokenDynamoDb.refreshWithout("st")),
        "a refresh was written after the revocation");
  }

  @Test
  void aRefreshThatAsksNeitherForTheGenerationNorForTheSecret() {
    assertFound(GUARDED.over(BrokenDynamoDb.refreshWithout("gen", "hc")), "2 live leaves");
  }

  /// Needs a leaked token key: otherwise a generation has one secret only.
  @Test
  void aRefreshThatDoesNotAskForTheSecret() {
    assertFound(OPEN.over(BrokenDynamoDb.refreshWithout("hc")), "refreshed by a stranger");
  }

  /// The refresh grant asks on arrival too.
  @Test
  void aRefreshThatDoesNotAskForTheClient() {
    assertFound(OPEN.over(BrokenDynamoDb.refreshWithout("cid")), "refreshed by a stranger");
  }

  /// The refresh grant asks on arrival too.
  @Test
  void aRefreshThatDoesNotAskForTheKey() {
    assertFound(OPEN.bound().over(BrokenDynamoDb.refreshWithout("jkt")), "refreshed by a stranger");
  }

  /// The refresh grant asks on arrival too.
  @Test
  void aRefreshThatDoesNotAskForTheIdleLimit() {
    assertFound(
        OPEN.over(BrokenDynamoDb.refreshWithout("idleExp")), "a token works though all is over");
  }

  /// The refresh grant asks on arrival too.
  @Test
  void aRefreshThatDoesNotAskForTheAbsoluteEnd() {
    var soon = Setup.open(bearer(WINDOW, WINDOW.plusSeconds(1), ReuseResponse.REVOKE));
    assertFound(
        soon.over(BrokenDynamoDb.refreshWithout("absExp")), "a token works though all is over");
  }

  @Test
  void aRetryThatIsNotedWithoutAskingWhetherTheFamilyIsRevoked() {
    assertFound(
        GUARDED.over(BrokenDynamoDb.noteWithout("st")), "a token was given after the revocation");
  }

  @Test
  void aRetryThatIsNotedWithoutAskingForTheGeneration() {
    assertFound(
        GUARDED.over(BrokenDynamoDb.noteWithout("gen")).without(Part.THIEF, Part.CLOCK),
        "a usable token came to UnknownSecret[]");
  }

  @Test
  void aRefreshThatReadsAndThenWrites() {
    var table = new BrokenDynamoDb.ReadThenWrite();
    var code =
        new RealRefresh(table) {
          @Override
          Finding attempt(Presentation presentation, Stored onArrival) {
            table.hasRead(onArrival.snapshot());
            return super.attempt(presentation, onArrival);
          }
        };
    assertFound(GUARDED.with(code), "a refresh was written after the revocation");
    assertFound(
        GUARDED.with(code).without(Part.REVOKER), "a refresh was written after the revocation");
  }

  @Test
  void aRefusalThatFindsNothing() {
    assertFound(GUARDED.over(BrokenDynamoDb.findingNothing()), "a usable token came to Dead[]");
  }

  /// A successor per request, as grace periods elsewhere have it.
  @Test
  void aRetryThatGetsATokenOfItsOwn() {
    var fresh =
        new TestTokenKeys() {
          private int last;

          @Override
          public TokenKey current() {
            last = last % 255 + 1;
            return key(last);
          }
        };
    assertFound(GUARDED.with(new RealRefresh(BrokenDynamoDb.branching(), fresh)), "2 live leaves");
  }

  @Test
  void aWindowThatNeverCloses() {
    assertFound(
        GUARDED.told(bearer(GrantPolicy.UNTIL_USED, GrantPolicy.NO_END, ReuseResponse.REVOKE)),
        "a token was given for one that is SPENT");
  }

  @Test
  void aWindowThatClosesAtOnce() {
    assertFound(
        GUARDED.told(bearer(Duration.ZERO, GrantPolicy.NO_END, ReuseResponse.REVOKE)),
        "a usable token came to Reused[]");
  }

  @Test
  void aReuseThatEndsNothing() {
    assertFound(
        GUARDED.told(bearer(WINDOW, GrantPolicy.NO_END, ReuseResponse.ALARM)),
        "a used token came back, and the family lives on");
  }

  @Test
  void aRefreshThatForgetsWhichRequestMadeIt() {
    assertFound(
        GUARDED.over(BrokenDynamoDb.forgettingRequests()), "a retry was counted that nobody made");
  }

  @Test
  void aJudgementThatDoesNotKnowHowTheFamilyStoodOnArrival() {
    var code =
        new RealRefresh(new InMemoryDynamoDb()) {
          @Override
          Presentation present(
              RefreshToken token, Holder holder, Family arrival, GrantPolicy policy, long now) {
            return super.present(token, holder, farAhead(arrival), policy, now);
          }
        };
    assertFound(GUARDED.with(code), "a usable token came to Reused[]");
    assertFound(GUARDED.with(code).without(Part.CLOCK), "a usable token came to Reused[]");
  }

  /// One secret belongs to one generation, so the secret alone would do.
  @Test
  void theGenerationIsKeptByTheSecretToo() {
    assertSound(GUARDED.over(BrokenDynamoDb.refreshWithout("gen")), 6);
    assertSound(OPEN.over(BrokenDynamoDb.refreshWithout("gen")), 5);
  }

  /// Who holds it and how long it lasts does not change while a request is under way.
  @Test
  void theClientTheKeyAndTheTimesAreKeptOnArrivalToo() {
    var table = BrokenDynamoDb.refreshWithout("cid", "jkt", "idleExp", "absExp");
    assertSound(GUARDED.over(table), 6);
    assertSound(GUARDED.bound().over(table), 5);
  }

  /// The family is read when the refusal does not bring it along.
  @Test
  void whatARefusalFoundCanBeAskedForToo() {
    assertSound(GUARDED.over(BrokenDynamoDb.withoutFound()), 6);
  }

  private static void assertFound(Setup mutant, String violation) {
    var result = Search.of(mutant, DEPTH);
    System.out.println("Mutant: " + result);
    assertThat(result.trace()).isNotEmpty();
    assertThat(result.trace().getLast()).startsWith("VIOLATION: " + violation);
  }

  private static void assertSound(Setup mutant, int depth) {
    var result = Search.of(mutant, depth);
    System.out.println("No mutant: " + result);
    assertThat(result.trace()).isEmpty();
  }

  private static GrantPolicy bearer(Duration window, Duration absolute, ReuseResponse onReuse) {
    var row = TestPolicies.BEARER;
    return new GrantPolicy(
        row.accessToken(), window, row.idle(), absolute, row.rotation(), onReuse, row.shadowEnds());
  }

  private static Family farAhead(Family family) {
    return new Family(
        family.id(),
        family.client(),
        family.state(),
        family.generation() + 100,
        family.currentHash(),
        family.previousHash(),
        family.keyId(),
        family.rotatedAt(),
        family.idleExpiresAt(),
        family.absoluteExpiresAt(),
        family.requestId(),
        family.retriedGeneration(),
        family.retryStreak(),
        family.retries(),
        family.key());
  }
}
