package dev.latchkey.sandbox.threat;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.TimedSandbox;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Outages over LocalStack's DynamoDB and KMS.
@BesideOthers
@ResourceLock("LocalStack")
@ExtendWith(LocalStack.class)
class LocalStackOutagesTest extends OutageSuite {
  @Override
  TimedSandbox sandbox() {
    return TimedSandbox.localStack();
  }

  /// Fewer than over DynamoDB Local, since each call takes ten times as long here.
  @Override
  int trials() {
    return 40;
  }
}
