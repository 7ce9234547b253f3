package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.client.ClientId;
import dev.latchkey.launch.Launch;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every store of pending authorizations does.
public abstract class TransactionsContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant END = TestRequests.TRANSACTION_END;
  private static final Instant LAST = END.minusSeconds(1);
  private static final SignedInUser ANA =
      new SignedInUser("ana", "sub-1", 11, 22, Assurance.UNSAID);
  private static final SignedInUser BEN =
      new SignedInUser("bén ☃", "суб-2", 33, 44, Assurance.UNSAID);
  private static final SecretHash BEFORE = TestRequests.BROWSER;
  private static final SecretHash AFTER = SecretHash.of("browser after sign-in");

  private final SecretHash handle = SecretHash.of(Entropy.secure().value());
  private final Transaction begun = TestRequests.transaction(handle);

  protected abstract Transactions transactions();

  @Test
  void keepsATransaction() {
    transactions().begin(begun);

    assertThat(transactions().find(handle, NOW)).contains(begun);
  }

  @Test
  void keepsLongAndStrangeTextUnchanged() {
    var strange =
        new Transaction(
            handle,
            new AuthorizationRequest(
                new ClientId("app ☃"),
                "https://app.example/ü?next=%2F&'\"",
                TestScopes.many(),
                "state 𝔘𝔫𝔦\t\n'\"\\\u00000\\0".repeat(200),
                "challenge",
                null,
                new SignInWishes(
                    "ana 𝔘\u0000\\", "es-419 \t'ü", SignInWishes.ANEW, true, true, "who \u0000'ü"),
                null),
            BEFORE,
            BEN,
            "patient-1",
            "encounter-1",
            new Launch("sub ☃", TestLaunches.full()),
            END.getEpochSecond());

    transactions().begin(strange);

    assertThat(transactions().find(handle, NOW)).contains(strange);
  }

  @Test
  void knowsNothingOfATransactionThatNeverBegan() {
    assertThat(transactions().find(handle, NOW)).isEmpty();
    assertThat(transactions().update(begun, BEFORE, NOW)).isFalse();
    assertThat(transactions().decide(handle, NOW)).isFalse();
    assertThat(transactions().find(handle, NOW)).isEmpty();
  }

  @Test
  void comparesTheExpiryItself() {
    transactions().begin(begun);

    assertThat(transactions().find(handle, END)).isEmpty();
    assertThat(transactions().update(begun.forPatient("late"), BEFORE, END)).isFalse();
    assertThat(transactions().decide(handle, END)).isFalse();
    assertThat(transactions().find(handle, LAST)).contains(begun);
    assertThat(transactions().decide(handle, LAST)).isTrue();
  }

  @Test
  void movesToAnotherBrowserAtSignIn() {
    transactions().begin(begun);
    var signedIn = begun.signedInAs(ANA, AFTER);

    assertThat(transactions().update(signedIn, BEFORE, NOW)).isTrue();
    assertThat(transactions().find(handle, NOW)).contains(signedIn);
  }

  @Test
  void changesNothingForABrowserThatItDoesNotBelongTo() {
    transactions().begin(begun);
    var signedIn = begun.signedInAs(ANA, AFTER);
    transactions().update(signedIn, BEFORE, NOW);

    assertThat(transactions().update(signedIn.signedInAs(BEN, BEFORE), BEFORE, NOW)).isFalse();
    assertThat(transactions().update(signedIn, SecretHash.of("stranger"), NOW)).isFalse();
    assertThat(transactions().find(handle, NOW)).contains(signedIn);
  }

  @Test
  void keepsTheChosenPatientAndEncounterUntilAnotherUserSignsIn() {
    transactions().begin(begun);
    var chosen = begun.signedInAs(ANA, AFTER).forPatient("mia").forEncounter("mia-1");
    transactions().update(chosen, BEFORE, NOW);
    assertThat(transactions().find(handle, NOW)).contains(chosen);

    var another = chosen.signedInAs(BEN, BEFORE);

    assertThat(transactions().update(another, AFTER, NOW)).isTrue();
    assertThat(transactions().find(handle, NOW)).contains(another);
    assertThat(another.patient()).isNull();
    assertThat(another.encounter()).isNull();
  }

  @Test
  void forgetsTheEncounterWithItsPatient() {
    transactions().begin(begun);
    var chosen = begun.forPatient("mia").forEncounter("mia-1");
    transactions().update(chosen, BEFORE, NOW);

    var another = chosen.forPatient("ben");

    assertThat(transactions().update(another, BEFORE, NOW)).isTrue();
    assertThat(transactions().find(handle, NOW)).contains(begun.forPatient("ben"));
  }

  @Test
  void canForgetTheUserAgain() {
    transactions().begin(begun);
    transactions().update(begun.signedInAs(ANA, AFTER).forPatient("mia"), BEFORE, NOW);

    transactions().update(begun, AFTER, NOW);

    assertThat(transactions().find(handle, NOW)).contains(begun);
  }

  @Test
  void isPendingNoMoreOnceDecided() {
    transactions().begin(begun);

    assertThat(transactions().decide(handle, NOW)).isTrue();
    assertThat(transactions().decide(handle, NOW)).isFalse();
    assertThat(transactions().find(handle, NOW)).isEmpty();
    assertThat(transactions().update(begun.forPatient("late"), BEFORE, NOW)).isFalse();
  }

  @Test
  void isDecidedByOneOfManyCallers() throws Exception {
    transactions().begin(begun);

    var decided = Race.of(_ -> transactions().decide(handle, NOW));

    assertThat(decided).filteredOn(won -> won).hasSize(1);
  }

  @Test
  void isMovedByOneOfManyBrowsers() throws Exception {
    transactions().begin(begun);

    var moved =
        Race.of(
            i -> {
              var browser = SecretHash.of("browser " + i);
              return transactions().update(begun.signedInAs(ANA, browser), BEFORE, NOW);
            });

    assertThat(moved).filteredOn(won -> won).hasSize(1);
    var winner = SecretHash.of("browser " + moved.indexOf(true));
    assertThat(transactions().find(handle, NOW).orElseThrow().browser()).isEqualTo(winner);
  }
}
