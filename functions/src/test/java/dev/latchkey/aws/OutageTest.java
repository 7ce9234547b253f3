package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.client.ClientId;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.contract.TestRequests;
import dev.latchkey.contract.TestScopes;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.http.Unavailable;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.DynamoStores;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// Every act on every store says `Unavailable` when DynamoDB does not answer, and never `false`,
/// `empty` or anything else that could be taken for an answer about a token or a password.
class OutageTest {
  private static final Instant NOW = MutableClock.START;
  private static final FamilyId FAMILY = FamilyId.of(new byte[FamilyId.BYTES]);
  private static final SecretHash HANDLE = SecretHash.of("handle");

  private static final Stores STORES =
      DynamoStores.on(
          new AwsClients(
              Faults.unreachable(DynamoDbClient.class), Faults.unreachable(KmsClient.class)),
          new Settings.Tables("families", "ephemeral", "registry"),
          Entropy.secure());

  @ParameterizedTest(name = "{0}")
  @MethodSource("acts")
  void isNoAnswer(String name, ThrowingCallable act) {
    assertThatThrownBy(act)
        .as(name)
        .isInstanceOf(Unavailable.class)
        .hasMessage("DynamoDB is not available");
  }

  static Stream<Arguments> acts() {
    return Stream.of(familyActs(), codeActs(), transactionActs(), signInActs(), registryActs())
        .flatMap(acts -> acts);
  }

  private static Stream<Arguments> familyActs() {
    var families = STORES.families();
    var first = TestFamilies.first(FAMILY, "r0");
    var grant = TestFamilies.grant(FAMILY, TestScopes.few());
    var presented = new Presented(FAMILY, 0, TestFamilies.secretHash(0), TestFamilies.APP, null);
    var cutoffs = STORES.cutoffs();
    var subject = new Cutoffs.Of.Subject("sub-1");
    return Stream.of(
        act("families.create", () -> families.create(first, grant)),
        act("families.advance", () -> TestFamilies.advance(families, first, "r1", 1)),
        act("families.noteRetry", () -> families.noteRetry(FAMILY, 0, 1, 1)),
        act("families.revoke", () -> families.revoke(FAMILY, "reuse", 1)),
        act("families.find", () -> families.find(FAMILY)),
        act("families.renew", () -> families.renew(presented, 1, 1)),
        act("families.holding", () -> families.holding(FAMILY)),
        act(
            "families.ofSubject",
            () -> families.ofSubject("sub-1", Optional.empty(), Optional.empty(), 10)),
        act("cutoffs.raise", () -> cutoffs.raise(subject, 1, 1)),
        act("cutoffs.find", () -> cutoffs.find(List.of(subject))));
  }

  private static Stream<Arguments> codeActs() {
    var codes = STORES.codes();
    var binding = TestRequests.binding(null, TestScopes.few(), LaunchContext.none());
    return Stream.of(
        act("codes.issue", () -> codes.issue(HANDLE, binding)),
        act("codes.find", () -> codes.find(HANDLE)),
        act("codes.redeem", () -> codes.redeem(HANDLE, "r1", NOW)));
  }

  private static Stream<Arguments> transactionActs() {
    var transactions = STORES.transactions();
    var begun = TestRequests.transaction(HANDLE);
    return Stream.of(
        act("transactions.begin", () -> transactions.begin(begun)),
        act("transactions.find", () -> transactions.find(HANDLE, NOW)),
        act("transactions.update", () -> transactions.update(begun, HANDLE, NOW)),
        act("transactions.decide", () -> transactions.decide(HANDLE, NOW)));
  }

  private static Stream<Arguments> signInActs() {
    var sessions = STORES.sessions();
    var throttle = STORES.throttle();
    return Stream.of(
        act(
            "sessions.open",
            () -> sessions.open(new Session(HANDLE, "ana", 1, 2, 3, Assurance.UNSAID))),
        act("sessions.find", () -> sessions.find(HANDLE, NOW)),
        act("sessions.touch", () -> sessions.touch(HANDLE, 1, NOW)),
        act("sessions.end", () -> sessions.end(HANDLE)),
        act("throttle.attempt", () -> throttle.attempt("ana", NOW)),
        act("throttle.clear", () -> throttle.clear("ana")));
  }

  private static Stream<Arguments> registryActs() {
    var clients = STORES.clients();
    var users = STORES.users();
    var keys = STORES.tokenKeys();
    var key = WrappedTokenKey.of(1, new byte[] {1}, 1);
    return Stream.of(
        act("clients.find", () -> clients.find(new ClientId("app"))),
        act("clients.list", () -> clients.list(Optional.empty(), 10)),
        act("clients.remove", () -> clients.remove(new ClientId("app"))),
        act("clients.put", () -> clients.put(TestClients.webApp())),
        act("users.find", () -> users.find("ana")),
        act("users.put", () -> users.put(TestUsers.ana())),
        act("wrappedKeys.find", () -> STORES.wrappedKeys().find("use")),
        act("wrappedKeys.keepFirst", () -> STORES.wrappedKeys().keepFirst("use", new byte[] {1})),
        act("tokenKeys.all", keys::all),
        act("tokenKeys.putIfAbsent", () -> keys.putIfAbsent(key)),
        act("tokenKeys.retire", () -> keys.retire(1, 1)));
  }

  private static Arguments act(String name, ThrowingCallable act) {
    return Arguments.of(name, act);
  }
}
