package dev.latchkey.contract;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/// Amazon's DynamoDB Local, in this process and in memory, once for all tests. Each test asks
/// [TableTemplates] for tables of its own.
public final class DynamoDbLocal {
  private static @Nullable DynamoDbClient client;

  private DynamoDbLocal() {}

  public static synchronized DynamoDbClient client() {
    var running = client;
    if (running == null) {
      running = DynamoDBEmbedded.create().dynamoDbClient();
      endJobs(running);
      client = running;
    }
    return running;
  }

  /// Its jobs for indexes, streams and expired items read the description of every table all the
  /// time, which takes most of a processor after a hundred tests. No test needs them, and there is
  /// no option against them.
  private static void endJobs(DynamoDbClient client) {
    try {
      var handler = Proxy.getInvocationHandler(client);
      var behind = handler.getClass().getDeclaredField("impl");
      behind.setAccessible(true);
      var jobs = LocalDBClient.class.getDeclaredField("jobs");
      jobs.setAccessible(true);
      ((JobsRegister) jobs.get(behind.get(handler))).shutdown();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DynamoDB Local keeps its jobs elsewhere now", e);
    }
  }
}
