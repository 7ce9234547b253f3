package dev.latchkey.sandbox;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.wiring.Wiring;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// A sandbox over an object graph for tests: they move its clock, which the functions, the gateway
/// and the FHIR server's gates share, count its AWS calls and look into its tables.
///
/// @param local the graph, with its clock, its counts and its tables
public record TimedSandbox(RunningSandbox running, LocalWiring local) {

  /// Over DynamoDB Local, in tables made from `infra/tables.yaml`.
  public static TimedSandbox dynamoDbLocal() {
    return of("dynamodb-local", OverDynamoDbLocal.class);
  }

  /// Over LocalStack's DynamoDB and KMS, for tests with `@ExtendWith(LocalStack.class)`.
  public static TimedSandbox localStack() {
    return of("localstack-timed", OverLocalStack.class);
  }

  private static TimedSandbox of(String kind, Class<?> rooms) {
    var running = RunningSandbox.of(kind, rooms, Map.of());
    return new TimedSandbox(running, running.bean(LocalWiring.class));
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Sandbox.class)
  static class OverDynamoDbLocal {
    @Bean
    LocalWiring local(SandboxSettings sandbox) {
      return LocalWiring.start(sandbox.issuer().toString(), sandbox.registrationPolicy());
    }

    /// Key sets are read as a sandbox reads them.
    @Bean
    Wiring wiring(LocalWiring local, SandboxSettings sandbox) {
      return local.wiring().withKeySets(SandboxKeySets.of(sandbox));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Sandbox.class)
  static class OverLocalStack {
    @Bean
    LocalWiring local(SandboxSettings sandbox) {
      return LocalWiring.onLocalStack(sandbox.issuer().toString());
    }

    @Bean
    Wiring wiring(LocalWiring local) {
      return local.wiring();
    }
  }
}
