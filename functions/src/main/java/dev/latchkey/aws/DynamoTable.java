package dev.latchkey.aws;

import dev.latchkey.http.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// One DynamoDB table. Its failures become [Unavailable].
public final class DynamoTable {
  /// A batch that the service answers in parts is asked for again this often.
  private static final int MOST_ROUNDS = 5;

  private final DynamoDbClient client;
  private final String name;

  DynamoTable(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /// How a conditional write ended.
  sealed interface Write {
    /// It was made.
    ///
    /// @param item as it is now
    record Applied(Item item) implements Write {}

    /// Its condition did not hold, so nothing changed.
    ///
    /// @param found the item that stood in the way; empty when there is none
    record Refused(Optional<Item> found) implements Write {}
  }

  /// Reads an item as it is, not as it was a moment ago.
  Optional<Item> get(Key key) {
    return key.isPossible() ? available(() -> read(key)) : Optional.empty();
  }

  /// A page of an index.
  ///
  /// @param last the key of the last item, where there is more
  record Page(List<Item> items, Optional<Item> last) {}

  /// Reads one page of an index, which may be a moment behind.
  Page query(IndexQuery query) {
    return available(
        () -> {
          var answer = client.query(query.request().tableName(name).build());
          var last = Optional.of(answer.lastEvaluatedKey()).filter(key -> !key.isEmpty());
          return new Page(answer.items().stream().map(Item::new).toList(), last.map(Item::new));
        });
  }

  /// Reads many items at once, as they are; those that are not there are left out. At most 100.
  List<Item> getAll(List<Key> keys) {
    return keys.isEmpty() ? List.of() : available(() -> batch(keys));
  }

  private List<Item> batch(List<Key> keys) {
    var found = new ArrayList<Item>();
    var wanted =
        KeysAndAttributes.builder()
            .keys(keys.stream().map(Key::attributes).toList())
            .consistentRead(true)
            .build();
    var open = Map.of(name, wanted);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var asked = open;
      var answer = client.batchGetItem(get -> get.requestItems(asked));
      answer.responses().getOrDefault(name, List.of()).stream().map(Item::new).forEach(found::add);
      open = answer.unprocessedKeys();
      if (open.isEmpty()) {
        return found;
      }
    }
    throw new Unavailable("DynamoDB");
  }

  /// Reads a whole partition as it is, by sort key, with one query. For partitions that stay small.
  ///
  /// @throws IllegalStateException when it is larger than one answer (1 MB)
  List<Item> partition(String pk) {
    return available(
        () -> {
          var answer =
              client.query(
                  query ->
                      query
                          .tableName(name)
                          .consistentRead(true)
                          .keyConditionExpression("pk = :pk")
                          .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))));
          if (answer.hasLastEvaluatedKey()) {
            throw new IllegalStateException("The partition " + pk + " is larger than one answer");
          }
          return answer.items().stream().map(Item::new).toList();
        });
  }

  /// Reads items of one kind in the order of the table, as they are, with the keys and one more
  /// attribute. It goes through everything that lies between them, so it is for operators only.
  ///
  /// @param prefix how the partition keys of the kind begin
  /// @param after the key that the page before ended with
  /// @param limit most items
  List<Item> scan(String prefix, Optional<Key> after, String attribute, int limit) {
    var request =
        ScanRequest.builder()
            .tableName(name)
            .consistentRead(true)
            .filterExpression("begins_with(pk, :prefix)")
            .projectionExpression("pk, sk, " + attribute)
            // The projection means the same, but a policy can only ask for what is sent.
            .select(Select.SPECIFIC_ATTRIBUTES)
            .expressionAttributeValues(Map.of(":prefix", AttributeValue.fromS(prefix)));
    after.ifPresent(key -> request.exclusiveStartKey(key.attributes()));
    return available(
        () ->
            client.scanPaginator(request.build()).items().stream()
                .limit(limit)
                .map(Item::new)
                .toList());
  }

  void put(Item item) {
    var _ = available(() -> client.putItem(put -> put.tableName(name).item(item.attributes())));
  }

  Write putIfAbsent(Key key, Item item) {
    return available(
        () -> {
          try {
            var _ =
                client.putItem(
                    put ->
                        put.tableName(name)
                            .item(item.attributes())
                            .conditionExpression("attribute_not_exists(pk)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Write.Applied(item);
          } catch (ConditionalCheckFailedException e) {
            return refused(key, e);
          }
        });
  }

  Write update(Update update) {
    var request =
        update
            .request()
            .tableName(name)
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return available(
        () -> {
          try {
            return new Write.Applied(new Item(client.updateItem(request).attributes()));
          } catch (ConditionalCheckFailedException e) {
            return refused(update.key(), e);
          }
        });
  }

  void delete(Key key) {
    var _ =
        available(() -> client.deleteItem(delete -> delete.tableName(name).key(key.attributes())));
  }

  /// The service hands the item over with its refusal. Some emulators do not, so then it is read.
  private Write refused(Key key, ConditionalCheckFailedException refusal) {
    return new Write.Refused(refusal.hasItem() ? found(refusal.item()) : read(key));
  }

  private Optional<Item> read(Key key) {
    var answer =
        client.getItem(get -> get.tableName(name).key(key.attributes()).consistentRead(true));
    return found(answer.item());
  }

  private static Optional<Item> found(Map<String, AttributeValue> attributes) {
    return Optional.of(attributes).filter(found -> !found.isEmpty()).map(Item::new);
  }

  private static <T> T available(Supplier<T> call) {
    return AwsCalls.available("DynamoDB", call);
  }
}
