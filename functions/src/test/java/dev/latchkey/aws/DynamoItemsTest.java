package dev.latchkey.aws;

import static dev.latchkey.contract.TestFamilies.NOW;
import static dev.latchkey.contract.TestFamilies.advance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.contract.TestRequests;
import dev.latchkey.contract.TestScopes;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Families;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What operators find in the tables, and how many calls an act costs.
class DynamoItemsTest {
  private static final Instant START = MutableClock.START;

  private final LocalWiring local = LocalWiring.start();
  private final Stores stores = local.wiring().stores();
  private final Families families = stores.families();
  private final FamilyId id = FamilyId.fresh(Entropy.secure());
  private final SecretHash handle = SecretHash.of("handle");

  @Test
  void aFamilyIsTwoItemsThatAnIndexFindsByUser() {
    createFamily();

    assertThat(keys(local.settings().tables().families()))
        .containsExactlyInAnyOrder("F#" + id + "/F", "F#" + id + "/G");
    var byUser =
        local
            .aws()
            .dynamoDb()
            .query(
                query ->
                    query
                        .tableName(local.settings().tables().families())
                        .indexName("by-user")
                        .keyConditionExpression("gpk = :user")
                        .expressionAttributeValues(
                            Map.of(":user", AttributeValue.fromS("U#sub-1"))))
            .items();
    assertThat(byUser)
        .singleElement()
        .satisfies(
            item -> assertThat(item.get("gsk")).isEqualTo(AttributeValue.fromS("app#" + id)));
  }

  @Test
  void eachShortLivedItemHasAKeyOfItsKindAndATimeToLive() {
    stores.codes().issue(handle, TestRequests.binding("n", TestScopes.few(), LaunchContext.none()));
    stores.transactions().begin(TestRequests.transaction(handle));
    stores.sessions().open(new Session(handle, "ana", 1, 2, NOW, Assurance.UNSAID));
    stores.throttle().attempt("ana", START);

    var items = items(local.settings().tables().ephemeral());

    assertThat(items)
        .extracting(item -> item.text("pk").substring(0, 2))
        .containsExactlyInAnyOrder("C#", "T#", "S#", "N#");
    assertThat(items).allSatisfy(item -> assertThat(ttl(item)).isGreaterThanOrEqualTo(NOW));
    assertThat(items.toString()).doesNotContain("N#ana");
  }

  @Test
  void aFamilyIsKeptAMonthBeyondItsEnd() {
    var month = Duration.ofDays(30).toSeconds();
    createFamily();
    assertThat(ttl(item("F"))).isEqualTo(TestFamilies.IDLE + month);
    assertThat(ttl(item("G"))).isEqualTo(TestFamilies.ABSOLUTE + month);

    advance(families, families.find(id).orElseThrow(), "r1", NOW + 100);
    assertThat(ttl(item("F"))).isEqualTo(TestFamilies.IDLE + 100 + month);

    families.revoke(id, "client", NOW + 999);
    assertThat(ttl(item("F"))).isEqualTo(NOW + 999);
  }

  @Test
  void aRevokedFamilyNamesTheFirstReason() {
    createFamily();

    families.revoke(id, "reuse", NOW);
    families.revoke(id, "client", NOW);

    assertThat(item("F").text("why")).isEqualTo("reuse");
  }

  @Test
  void clientsUsersAndKeysShareTheRegistry() {
    local.seed(TestClients.webApp()).seed(TestUsers.ana());
    local.wiring().tokenKeys().current();

    assertThat(keys(local.settings().tables().registry()))
        .containsExactlyInAnyOrder(
            "R#test-web/R", "U#ana/U", "U#sub-5f1c/S", "K/001", "W#client-secret/W");
    assertThat(items(local.settings().tables().registry()).toString())
        .doesNotContain(TestClients.WEB_SECRET)
        .doesNotContain(TestUsers.PASSWORD);
  }

  @Test
  void aRefreshIsOneUpdateAndNoRead() {
    createFamily();
    var first = families.find(id).orElseThrow();
    local.calls().reset();

    advance(families, first, "r1", NOW);

    assertThat(local.calls().counts()).containsOnly(entry("updateItem", 1));
  }

  @Test
  void aRefusedRefreshLearnsWhyWithoutARead() {
    createFamily();
    var first = families.find(id).orElseThrow();
    advance(families, first, "r1", NOW);
    local.calls().reset();

    advance(families, first, "r2", NOW);

    assertThat(local.calls().writes()).isEqualTo(1);
    assertThat(local.calls().reads()).isZero();
  }

  @Test
  void aGrantIsTwoWritesAndSoIsARevocation() {
    createFamily();
    assertThat(local.calls().counts()).containsOnly(entry("putItem", 2));
    local.calls().reset();

    families.revoke(id, "client", NOW);

    assertThat(local.calls().counts()).containsOnly(entry("updateItem", 2));
  }

  @Test
  void aNameThatNoKeyCanHoldCostsNoCall() {
    stores.users().find("x".repeat(3000));

    assertThat(local.calls().counts()).isEmpty();
  }

  private void createFamily() {
    families.create(TestFamilies.first(id, "r0"), TestFamilies.grant(id, TestScopes.few()));
  }

  private Item item(String sk) {
    return items(local.settings().tables().families()).stream()
        .filter(item -> item.text("sk").equals(sk))
        .findFirst()
        .orElseThrow();
  }

  private List<Item> items(String table) {
    return local.aws().dynamoDb().scan(scan -> scan.tableName(table)).items().stream()
        .map(Item::new)
        .toList();
  }

  private List<String> keys(String table) {
    return items(table).stream().map(i -> i.text("pk") + "/" + i.text("sk")).toList();
  }

  private static long ttl(Item item) {
    return item.number("ttl");
  }
}
