package dev.latchkey.sandbox.localstack;

import dev.latchkey.sandbox.StartRefused;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// CloudFormation stacks that are made when they are missing and used as they are when they are
/// not.
final class Stacks {
  private static final Set<String> READY = Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE");
  private static final Set<String> UNDER_WAY = Set.of("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS");
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MOST_PAUSES = 600;

  private final CloudFormation cloudFormation;

  Stacks(CloudFormation cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /// The outputs of the stack of that name, when it is complete.
  ///
  /// @param template what to make it from when it is missing
  /// @throws StartRefused when it cannot be made or is broken
  Map<String, String> outputs(String name, String template) {
    if (cloudFormation.find(name).isEmpty()) {
      cloudFormation.create(name, template);
    }
    for (int pauses = 0; pauses < MOST_PAUSES; pauses++) {
      var stack = cloudFormation.find(name).orElseThrow(() -> broken(name, "gone"));
      if (READY.contains(stack.status())) {
        return stack.outputs();
      }
      if (!UNDER_WAY.contains(stack.status())) {
        throw broken(name, stack.status());
      }
      pause();
    }
    throw broken(name, "still not complete");
  }

  private static StartRefused broken(String name, String state) {
    return new StartRefused(
        "The stack %s in LocalStack is %s. Start over: infra/localstack/down, then infra/localstack/up."
            .formatted(name, state));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }
}
