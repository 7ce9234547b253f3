package dev.latchkey.aws;

import java.util.HashMap;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// A page of the index of a user's families, in the order of its sort key.
///
/// @param user value of the index's partition key
/// @param prefix how the sort key begins; empty for any
/// @param after the full key of the last item of the page before
/// @param limit most items
record IndexQuery(String user, Optional<String> prefix, Optional<Item> after, int limit) {
  private static final String INDEX = "by-user";

  /// The request, without the table.
  QueryRequest.Builder request() {
    var values = new HashMap<String, AttributeValue>();
    values.put(":user", AttributeValue.fromS(user));
    prefix.ifPresent(text -> values.put(":prefix", AttributeValue.fromS(text)));
    var byApp =
        prefix.isPresent() ? " AND begins_with(" + FamilyItems.USER_SORT + ", :prefix)" : "";
    var request =
        QueryRequest.builder()
            .indexName(INDEX)
            .keyConditionExpression(FamilyItems.USER + " = :user" + byApp)
            .expressionAttributeValues(values)
            .limit(limit);
    after.ifPresent(key -> request.exclusiveStartKey(key.attributes()));
    return request;
  }
}
