package dev.latchkey.sandbox.flow;

import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;

/// The flows over DynamoDB Local, in tables made from `infra/tables.yaml`.
class DynamoDbLocalFlowTest extends FlowSuite {
  @Override
  RunningSandbox sandbox() {
    return TimedSandbox.dynamoDbLocal().running();
  }
}
