package dev.latchkey.sandbox.flow;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.DynamoDbLocal;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.Sandbox;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Wiring;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The flows over DynamoDB Local, in tables made from `infra/tables.yaml`.
class DynamoDbLocalFlowTest extends FlowSuite {
  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.of("dynamodb-local", OverDynamoDbLocal.class, Map.of());
  }

  /// The whole sandbox with another object graph for the functions.
  @Configuration(proxyBeanMethods = false)
  @Import(Sandbox.class)
  static class OverDynamoDbLocal {
    @Bean
    Wiring wiring(SandboxSettings sandbox) {
      var settings =
          new Settings(
              new ServerIdentity(sandbox.issuer().toString(), sandbox.fhirBase().toString()),
              KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY),
              InProcessKms.TOKEN_KEY,
              TableTemplates.create(DynamoDbLocal.client()),
              "eu-west-1",
              Optional.empty());
      var clients = new AwsClients(DynamoDbLocal.client(), new InProcessKms());
      return Wiring.from(settings, clients, _ -> {}, InstantSource.system(), Entropy.secure());
    }
  }
}
