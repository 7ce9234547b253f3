package dev.latchkey.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// A DynamoDB client that asks what each call costs, and adds it up. It has the calls that the
/// stores make; any other is refused.
public final class MeteredDynamoDb implements DynamoDbClient {
  private final DynamoDbClient client;
  private final List<Call> calls = new ArrayList<>();

  public MeteredDynamoDb(DynamoDbClient client) {
    this.client = client;
  }

  /// One call.
  ///
  /// @param operation as the API names it, such as `GetItem`
  /// @param keys how many items it named; 1 for a query
  /// @param units read or write capacity units, as the service counts them
  /// @param sent characters of the request, as the SDK prints it: every member, name and value
  /// @param received the same for the answer
  public record Call(
      String operation, String table, int keys, double units, int sent, int received) {}

  /// What an act costs.
  ///
  /// @param made in their order
  public record Cost(List<Call> made) {
    /// How often each operation was called.
    public Map<String, Long> calls() {
      var counts = new TreeMap<String, Long>();
      made.forEach(call -> counts.merge(call.operation(), 1L, Long::sum));
      return counts;
    }

    public double units() {
      return made.stream().mapToDouble(Call::units).sum();
    }

    public int sent() {
      return made.stream().mapToInt(Call::sent).sum();
    }

    public int received() {
      return made.stream().mapToInt(Call::received).sum();
    }

    @Override
    public String toString() {
      return "%s, %s units, %d sent, %d received".formatted(calls(), units(), sent(), received());
    }
  }

  public Cost of(Runnable act) {
    calls.clear();
    act.run();
    return new Cost(List.copyOf(calls));
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    var asked = request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    var answer = client.getItem(asked);
    return noted(asked, answer, List.of(answer.consumedCapacity()));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    var asked = request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    var answer = client.batchGetItem(asked);
    var keys = asked.requestItems().values().stream().mapToInt(get -> get.keys().size()).sum();
    return noted(asked, answer, answer.consumedCapacity(), keys);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    var asked = request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    var answer = client.query(asked);
    return noted(asked, answer, List.of(answer.consumedCapacity()));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    var asked = request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    var answer = client.updateItem(asked);
    return noted(asked, answer, List.of(answer.consumedCapacity()));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    var asked = request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    var answer = client.putItem(asked);
    return noted(asked, answer, List.of(answer.consumedCapacity()));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    var asked = request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    var answer = client.deleteItem(asked);
    return noted(asked, answer, List.of(answer.consumedCapacity()));
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {}

  private <T extends DynamoDbResponse> T noted(
      DynamoDbRequest request, T answer, List<ConsumedCapacity> consumed) {
    return noted(request, answer, consumed, 1);
  }

  private <T extends DynamoDbResponse> T noted(
      DynamoDbRequest request, T answer, List<ConsumedCapacity> consumed, int keys) {
    calls.add(
        new Call(
            request.getClass().getSimpleName().replace("Request", ""),
            consumed.getFirst().tableName(),
            keys,
            consumed.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum(),
            request.toString().length(),
            answer.toString().length()));
    return answer;
  }
}
