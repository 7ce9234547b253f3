package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.contract.TestScopes;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.Entropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Fills a table with families, many to a call.
final class FamilyLoader {
  /// `BatchWriteItem` takes 25 items; a family has two.
  private static final int FAMILIES_OF_A_BATCH = 12;

  private static final int APPS = 10;

  private final DynamoDbClient client;
  private final String table;

  FamilyLoader(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /// Adds families, each of ten apps in turn.
  ///
  /// @param subject whose the `i`-th is
  void load(int count, IntFunction<String> subject) {
    var batch = new ArrayList<WriteRequest>();
    for (int i = 0; i < count; i++) {
      batch.addAll(family(new ClientId("app-" + i % APPS), subject.apply(i)));
      if (batch.size() == 2 * FAMILIES_OF_A_BATCH || i == count - 1) {
        var answer = client.batchWriteItem(write -> write.requestItems(Map.of(table, batch)));
        assertThat(answer.unprocessedItems()).isEmpty();
        batch.clear();
      }
    }
  }

  private static List<WriteRequest> family(ClientId app, String subject) {
    var id = FamilyId.fresh(Entropy.secure());
    var family = TestFamilies.first(id, app, Entropy.secure().value());
    var grant =
        new FamilyGrant(
            id,
            app,
            subject,
            "Patient/ana",
            TestScopes.few(),
            new LaunchContext("ana"),
            TestFamilies.NOW,
            TestFamilies.NOW,
            null);
    return List.of(put(FamilyItems.write(family)), put(FamilyItems.write(grant, family)));
  }

  private static WriteRequest put(Item item) {
    return WriteRequest.builder().putRequest(put -> put.item(item.attributes())).build();
  }
}
