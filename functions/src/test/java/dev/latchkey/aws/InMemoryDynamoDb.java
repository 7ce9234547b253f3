package dev.latchkey.aws;

import dev.latchkey.aws.Expressions.Bindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// DynamoDB in this process, for a search that goes back and forth between states of the tables: a
/// snapshot costs nothing to take or to restore. It evaluates the very expressions that the stores
/// send. It knows the calls of families and cut-offs, without the index of a user's families.
public class InMemoryDynamoDb implements DynamoDbClient {
  private static final Map<String, AttributeValue> NOTHING = Map.of();

  private Snapshot present = new Snapshot(Map.of());

  /// Where an item is.
  record Place(String table, String pk, @Nullable String sk) {
    static Place of(String table, Map<String, AttributeValue> key) {
      var sk = key.get("sk");
      return new Place(
          table, Optional.ofNullable(key.get("pk")).orElseThrow().s(), sk == null ? null : sk.s());
    }
  }

  /// All items at one moment.
  public record Snapshot(Map<Place, Map<String, AttributeValue>> items) {
    private Map<String, AttributeValue> at(Place place) {
      return items.getOrDefault(place, NOTHING);
    }

    private Snapshot with(Place place, Map<String, AttributeValue> item) {
      var changed = new HashMap<>(items);
      changed.put(place, Map.copyOf(item));
      return new Snapshot(Map.copyOf(changed));
    }
  }

  public synchronized Snapshot snapshot() {
    return present;
  }

  public synchronized void restore(Snapshot snapshot) {
    present = snapshot;
  }

  @Override
  public synchronized GetItemResponse getItem(GetItemRequest request) {
    return GetItemResponse.builder()
        .item(present.at(Place.of(request.tableName(), request.key())))
        .build();
  }

  @Override
  public synchronized QueryResponse query(QueryRequest request) {
    if (request.indexName() != null) {
      throw new UnsupportedOperationException("No index " + request.indexName());
    }
    var condition = Expressions.condition(request.keyConditionExpression());
    var bindings =
        new Bindings(request.expressionAttributeNames(), request.expressionAttributeValues());
    var found =
        present.items().entrySet().stream()
            .filter(entry -> entry.getKey().table().equals(request.tableName()))
            .map(Map.Entry::getValue)
            .filter(item -> condition.holds(item, bindings))
            .toList();
    return QueryResponse.builder().items(found).build();
  }

  @Override
  public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    var found = new HashMap<String, List<Map<String, AttributeValue>>>();
    request.requestItems().forEach((table, wanted) -> found.put(table, all(table, wanted)));
    return BatchGetItemResponse.builder().responses(found).unprocessedKeys(Map.of()).build();
  }

  private List<Map<String, AttributeValue>> all(String table, KeysAndAttributes wanted) {
    return wanted.keys().stream()
        .map(key -> present.at(Place.of(table, key)))
        .filter(item -> !item.isEmpty())
        .toList();
  }

  @Override
  public synchronized PutItemResponse putItem(PutItemRequest request) {
    var place = Place.of(request.tableName(), request.item());
    check(
        request.conditionExpression(),
        present.at(place),
        new Bindings(request.expressionAttributeNames(), request.expressionAttributeValues()),
        request.returnValuesOnConditionCheckFailure());
    present = present.with(place, request.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
    var place = Place.of(request.tableName(), request.key());
    var before = present.at(place);
    var bindings =
        new Bindings(request.expressionAttributeNames(), request.expressionAttributeValues());
    check(
        request.conditionExpression(),
        before,
        bindings,
        request.returnValuesOnConditionCheckFailure());
    var item = new HashMap<>(before.isEmpty() ? request.key() : before);
    Expressions.change(request.updateExpression()).make(item, before, bindings);
    present = present.with(place, item);
    return UpdateItemResponse.builder()
        .attributes(request.returnValues() == ReturnValue.ALL_NEW ? Map.copyOf(item) : null)
        .build();
  }

  /// An absent condition always holds.
  private static void check(
      @Nullable String condition,
      Map<String, AttributeValue> found,
      Bindings bindings,
      @Nullable ReturnValuesOnConditionCheckFailure onFailure) {
    if (condition != null && !Expressions.condition(condition).holds(found, bindings)) {
      var refusal =
          ConditionalCheckFailedException.builder().message("The conditional request failed");
      if (onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD && !found.isEmpty()) {
        refusal.item(found);
      }
      throw refusal.build();
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
