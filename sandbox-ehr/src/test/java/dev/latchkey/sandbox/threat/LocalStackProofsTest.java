package dev.latchkey.sandbox.threat;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Proofs over LocalStack's DynamoDB and KMS.
@BesideOthers
@ResourceLock("LocalStack")
@ExtendWith(LocalStack.class)
class LocalStackProofsTest extends ProofSuite {
  @Override
  RunningSandbox sandbox() {
    return TimedSandbox.localStack().running();
  }
}
