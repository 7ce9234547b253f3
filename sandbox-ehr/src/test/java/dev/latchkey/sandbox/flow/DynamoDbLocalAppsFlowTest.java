package dev.latchkey.sandbox.flow;

import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;
import java.time.Duration;

/// The list of apps over DynamoDB Local.
class DynamoDbLocalAppsFlowTest extends AppsFlowSuite {
  @Override
  RunningSandbox sandbox() {
    return TimedSandbox.dynamoDbLocal().running();
  }

  @Override
  void nextSecond() {
    TimedSandbox.dynamoDbLocal().local().clock().advance(Duration.ofSeconds(1));
  }
}
