package dev.latchkey.contract;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/// Amazon's DynamoDB Local, in this process and in memory.
///
/// Making a table takes longer with every table that an instance keeps. So each serves some callers
/// only, which ask [TableTemplates] for tables of their own.
public final class DynamoDbLocal {
  private static final int CALLERS = 50;

  private static @Nullable DynamoDbClient latest;
  private static int callers;

  private DynamoDbLocal() {}

  /// An instance with few tables. What is in them is seen through this client only, so ask once and
  /// keep it.
  public static synchronized DynamoDbClient client() {
    var client = latest;
    if (client == null || callers == CALLERS) {
      client = DynamoDBEmbedded.create().dynamoDbClient();
      latest = client;
      callers = 0;
    }
    callers++;
    return client;
  }
}
