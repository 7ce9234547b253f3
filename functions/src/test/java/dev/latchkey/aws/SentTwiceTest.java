package dev.latchkey.aws;

import static dev.latchkey.contract.TestFamilies.NOW;
import static dev.latchkey.contract.TestFamilies.advance;
import static dev.latchkey.contract.TestFamilies.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.Codes.Redemption;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.contract.DynamoDbLocal;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.contract.TestRequests;
import dev.latchkey.contract.TestScopes;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.SignInPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.DynamoStores;
import dev.latchkey.wiring.Stores;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// When an answer of DynamoDB is lost, the SDK sends the write again, and its condition no longer
/// holds. Each conditional write knows its own earlier send, so an honest caller is never refused,
/// and another caller still is.
class SentTwiceTest {
  private static final Instant START = MutableClock.START;
  private static Stores stores;

  private final Entropy entropy = Entropy.secure();
  private final FamilyId id = FamilyId.fresh(entropy);
  private final SecretHash handle = SecretHash.of(entropy.value());

  @BeforeAll
  static void start() {
    var dynamoDb = DynamoDbLocal.client();
    var twice = Faults.sentTwice(DynamoDbClient.class, dynamoDb);
    var tables = TableTemplates.create(dynamoDb);
    stores = DynamoStores.on(new AwsClients(twice, new InProcessKms()), tables, Entropy.secure());
  }

  @Test
  void aFamilyIsCreatedOnce() {
    var first = TestFamilies.first(id, "r0");
    var grant = TestFamilies.grant(id, TestScopes.few());

    assertThat(stores.families().create(first, grant)).isTrue();
    assertThat(stores.families().create(TestFamilies.first(id, "r1"), grant)).isFalse();
    assertThat(stores.families().find(id)).contains(first);
  }

  @Test
  void aRefreshRecognisesItsRequest() {
    var first = TestFamilies.first(id, "r0");
    stores.families().create(first, TestFamilies.grant(id, TestScopes.few()));

    var landed = found(advance(stores.families(), first, "r1", NOW));

    assertThat(landed.requestId()).isEqualTo("r1");
    assertThat(landed.generation()).isEqualTo(1);
    assertThat(landed.previousHash()).isEqualTo(first.currentHash());
  }

  @Test
  void aRetryIsNotedAndARevocationStays() {
    var first = TestFamilies.first(id, "r0");
    stores.families().create(first, TestFamilies.grant(id, TestScopes.few()));
    advance(stores.families(), first, "r1", NOW);

    assertThat(stores.families().noteRetry(id, 0, 1, 1)).isInstanceOf(Advance.Advanced.class);
    stores.families().revoke(id, "reuse", NOW + 100);
    assertThat(stores.families().noteRetry(id, 0, 1, 2)).isInstanceOf(Advance.Refused.class);
  }

  @Test
  void aCodeIsRedeemedOnce() {
    stores
        .codes()
        .issue(handle, TestRequests.binding(null, TestScopes.few(), LaunchContext.none()));

    assertThat(stores.codes().redeem(handle, "r1", START)).isEqualTo(Redemption.REDEEMED);
    assertThat(stores.codes().redeem(handle, "r2", START)).isEqualTo(Redemption.REPLAYED);
  }

  @Test
  void aTransactionMovesAndIsDecidedOnce() {
    var begun = TestRequests.transaction(handle);
    var moved =
        begun.signedInAs(
            new SignedInUser("ana", "sub-1", 1, 2, Assurance.UNSAID), SecretHash.of("after"));
    stores.transactions().begin(begun);

    assertThat(stores.transactions().update(moved, TestRequests.BROWSER, START)).isTrue();
    assertThat(stores.transactions().update(moved, TestRequests.BROWSER, START)).isFalse();
    assertThat(stores.transactions().decide(handle, START)).isTrue();
    assertThat(stores.transactions().decide(handle, START)).isFalse();
  }

  @Test
  void aSignInAttemptCountsOnce() {
    for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS; i++) {
      assertThat(stores.throttle().attempt(handle.value(), START)).isEmpty();
    }
    assertThat(stores.throttle().attempt(handle.value(), START)).isPresent();
  }

  @Test
  void aTokenKeyIsMadeOnce() {
    var kms = new InProcessKms();
    var clock = new MutableClock();
    var one = new KmsTokenKeys(kms, InProcessKms.TOKEN_KEY, stores.tokenKeys(), clock).current();
    var two = new KmsTokenKeys(kms, InProcessKms.TOKEN_KEY, stores.tokenKeys(), clock).current();

    assertThat(one.nextKey()).isEqualTo(two.nextKey());
  }

  @Test
  void aKeyForAUseIsMadeOnce() {
    var kms = new InProcessKms();
    var clock = new MutableClock();
    var keys = stores.wrappedKeys();
    var one = new KmsSharedKey(kms, InProcessKms.TOKEN_KEY, "use", keys, clock).get();
    var two = new KmsSharedKey(kms, InProcessKms.TOKEN_KEY, "use", keys, clock).get();

    assertThat(one).isEqualTo(two);
  }
}
