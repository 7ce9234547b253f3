package dev.latchkey.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
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
final class MeteredDynamoDb implements DynamoDbClient {
  private final DynamoDbClient client;
  private final List<Call> calls = new ArrayList<>();

  MeteredDynamoDb(DynamoDbClient client) {
    this.client = client;
  }

  private record Call(String operation, double units, int sent, int received) {}

  /// What an act costs.
  ///
  /// @param calls how often each operation was called
  /// @param units read and write capacity units, as the service counts them
  /// @param sent characters of all requests, as the SDK prints them: every member, name and value
  /// @param received the same for all answers
  record Cost(Map<String, Long> calls, double units, int sent, int received) {}

  Cost of(Runnable act) {
    calls.clear();
    act.run();
    var counts = new TreeMap<String, Long>();
    calls.forEach(call -> counts.merge(call.operation(), 1L, Long::sum));
    return new Cost(
        counts,
        calls.stream().mapToDouble(Call::units).sum(),
        calls.stream().mapToInt(Call::sent).sum(),
        calls.stream().mapToInt(Call::received).sum());
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
    return noted(asked, answer, answer.consumedCapacity());
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
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {}

  private <T extends DynamoDbResponse> T noted(
      DynamoDbRequest request, T answer, List<ConsumedCapacity> consumed) {
    var units = consumed.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
    var operation = request.getClass().getSimpleName().replace("Request", "");
    calls.add(new Call(operation, units, request.toString().length(), answer.toString().length()));
    return answer;
  }
}
