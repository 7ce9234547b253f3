package dev.latchkey.sandbox.flow;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.RunningSandbox;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The flows over LocalStack's DynamoDB and KMS, as the profile `localstack` runs them.
@BesideOthers
@ResourceLock("LocalStack")
@ExtendWith(LocalStack.class)
class LocalStackFlowTest extends FlowSuite {
  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.localStack();
  }
}
