package dev.latchkey.sandbox.threat;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.TimedSandbox;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The threats over LocalStack's DynamoDB and KMS.
@BesideOthers
@ResourceLock("LocalStack")
@ExtendWith(LocalStack.class)
class LocalStackThreatsTest extends ThreatSuite {
  @Override
  TimedSandbox sandbox() {
    return TimedSandbox.localStack();
  }
}
