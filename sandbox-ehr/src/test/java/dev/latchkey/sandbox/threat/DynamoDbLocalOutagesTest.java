package dev.latchkey.sandbox.threat;

import dev.latchkey.sandbox.TimedSandbox;

/// Outages over DynamoDB Local.
class DynamoDbLocalOutagesTest extends OutageSuite {
  @Override
  TimedSandbox sandbox() {
    return TimedSandbox.dynamoDbLocal();
  }

  @Override
  int trials() {
    return 200;
  }
}
