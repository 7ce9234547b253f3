package dev.latchkey.sandbox;

import dev.latchkey.contract.FreePort;
import dev.latchkey.contract.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ConfigurableApplicationContext;

/// A sandbox that runs inside the test process, on a free port, over its own copy of the loaded
/// data.
///
/// Starting costs seconds, so all test classes of one process share one sandbox per kind of store.
/// It runs until that process ends.
public final class RunningSandbox {

  private static final Map<String, RunningSandbox> BY_KIND = new ConcurrentHashMap<>();

  private final ConfigurableApplicationContext context;

  private RunningSandbox(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /// The sandbox as people run it: every store over JDBC, in H2 files.
  public static RunningSandbox jdbc() {
    return of("jdbc", Map.of());
  }

  /// The sandbox on LocalStack's DynamoDB and KMS, as the profile `localstack` runs it; for tests
  /// with `@ExtendWith(LocalStack.class)`.
  public static RunningSandbox localStack() {
    return of(
        "localstack",
        Map.of(
            "spring.profiles.active",
            "localstack",
            "latchkey.aws-endpoint",
            LocalStack.endpoint().toString()));
  }

  /// The sandbox of one kind, started by the first test that asks for it.
  ///
  /// @param kind name of the kind, also the name of its data folder under `target`
  /// @param properties Spring properties that make the kind
  public static RunningSandbox of(String kind, Map<String, String> properties) {
    return of(kind, Sandbox.class, properties);
  }

  /// As [#of(String, Map)], for another set of rooms.
  ///
  /// @param rooms the Spring configuration to run instead of the whole sandbox
  public static RunningSandbox of(String kind, Class<?> rooms, Map<String, String> properties) {
    return BY_KIND.computeIfAbsent(kind, name -> start(name, rooms, properties));
  }

  /// Origin of the sandbox, without trailing slash, for example `http://localhost:49152`.
  public URI baseUrl() {
    return bean(SandboxSettings.class).issuer();
  }

  /// FHIR base URL, without trailing slash.
  public URI fhirBase() {
    return bean(SandboxSettings.class).fhirBase();
  }

  /// A bean of the running application.
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  private static RunningSandbox start(String kind, Class<?> rooms, Map<String, String> properties) {
    try {
      var data = LoadedStore.copyTo(Path.of("target", "running-sandbox", kind));
      return new RunningSandbox(run(rooms, data, properties));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Runs an application on a free port and returns when it is ready.
  static ConfigurableApplicationContext run(
      Class<?> rooms, Path data, Map<String, String> properties) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=" + FreePort.find());
    arguments.add("--latchkey.data=" + data);
    properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return Sandbox.application(rooms).run(arguments.toArray(String[]::new));
  }
}
