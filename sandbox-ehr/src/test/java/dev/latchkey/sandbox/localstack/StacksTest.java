package dev.latchkey.sandbox.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.StartRefused;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Stacks in LocalStack, where it runs.
@BesideOthers
@ResourceLock("LocalStack")
@ExtendWith(LocalStack.class)
class StacksTest {
  private static final String TEMPLATE =
      """
      Resources:
        Key:
          Type: AWS::KMS::Key
          Properties: { Description: "a&b + ü < >" }
      Outputs:
        KeyArn: { Value: !GetAtt Key.Arn }
        Words: { Value: "a&b + ü < >" }
      """;

  private final CloudFormation cloudFormation =
      new CloudFormation(LocalStack.endpoint(), "eu-west-1");
  private final Stacks stacks = new Stacks(cloudFormation);
  private final String name = "stacks-test-" + UUID.randomUUID();

  @AfterEach
  void close() {
    cloudFormation.close();
  }

  @Test
  void aMissingStackIsMadeAndAPresentOneIsUsed() {
    var made = stacks.outputs(name, TEMPLATE);

    assertThat(made).containsOnlyKeys("KeyArn", "Words").containsEntry("Words", "a&b + ü < >");
    assertThat(made.get("KeyArn")).startsWith("arn:aws:kms:eu-west-1:");
    assertThat(stacks.outputs(name, TEMPLATE)).isEqualTo(made);
  }

  @Test
  void aTemplateThatIsNoneIsRefused() {
    assertThatThrownBy(() -> stacks.outputs(name, "nonsense"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(name);
    assertThat(cloudFormation.find(name)).isEmpty();
  }
}
