package dev.latchkey.contract;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/// Amazon's DynamoDB Local, in this process and in memory, started when first asked for. One
/// instance serves all tests of a JVM; each asks [TableTemplates] for tables of its own.
public final class DynamoDbLocal {
  private DynamoDbLocal() {}

  private static final class Started {
    static final DynamoDbClient CLIENT = DynamoDBEmbedded.create().dynamoDbClient();
  }

  public static DynamoDbClient client() {
    return Started.CLIENT;
  }
}
