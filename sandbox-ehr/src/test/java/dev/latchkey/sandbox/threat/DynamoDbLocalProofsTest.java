package dev.latchkey.sandbox.threat;

import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;

/// Proofs over DynamoDB Local.
class DynamoDbLocalProofsTest extends ProofSuite {
  @Override
  RunningSandbox sandbox() {
    return TimedSandbox.dynamoDbLocal().running();
  }
}
