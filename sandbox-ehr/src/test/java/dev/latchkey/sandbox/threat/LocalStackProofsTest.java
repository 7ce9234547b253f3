package dev.latchkey.sandbox.threat;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;
import org.junit.jupiter.api.extension.ExtendWith;

/// Proofs over LocalStack's DynamoDB and KMS.
@ExtendWith(LocalStack.class)
class LocalStackProofsTest extends ProofSuite {
  @Override
  RunningSandbox sandbox() {
    return TimedSandbox.localStack().running();
  }
}
