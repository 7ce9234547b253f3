package dev.latchkey.sandbox.threat;

import dev.latchkey.sandbox.TimedSandbox;

/// The threats over DynamoDB Local.
class DynamoDbLocalThreatsTest extends ThreatSuite {
  @Override
  TimedSandbox sandbox() {
    return TimedSandbox.dynamoDbLocal();
  }
}
