package dev.latchkey.lambda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One function in a process of its own, under Lambda's runtime interface client for Java, from the
/// files that are deployed.
public final class LambdaProcess implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private LambdaProcess(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
    var _ = process.onExit().thenRun(api::end);
  }

  /// Starts a function as `java25` does without a snapshot: with the quick compiler only.
  ///
  /// @param handler its class
  /// @param aws where it finds DynamoDB and KMS
  public static LambdaProcess start(String handler, AwsOverHttp aws, Map<String, String> settings)
      throws IOException {
    return start(handler, aws, settings, List.of("-XX:TieredStopAtLevel=1"), "on-demand");
  }

  /// Starts a function as `java25` does for an instance that is kept running (provisioned
  /// concurrency).
  public static LambdaProcess startKeptRunning(
      String handler, AwsOverHttp aws, Map<String, String> settings) throws IOException {
    return start(
        handler, aws, settings, List.of("-XX:TieredStopAtLevel=1"), "provisioned-concurrency");
  }

  /// Starts a function as `java25` does with SnapStart, up to its snapshot: with both compilers,
  /// and with the hooks of CRaC tied to the runtime interface client.
  public static LambdaProcess startForSnapshot(
      String handler, AwsOverHttp aws, Map<String, String> settings) throws IOException {
    var hooks = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";
    var function = start(handler, aws, settings, List.of(hooks), "snap-start");
    function.api.awaitCheckpoint();
    return function;
  }

  private static LambdaProcess start(
      String handler,
      AwsOverHttp aws,
      Map<String, String> settings,
      List<String> options,
      String initialization)
      throws IOException {
    var api = RuntimeApi.start();
    var log = Files.createTempFile("lambda", ".log");
    var builder = new ProcessBuilder(command(handler, options));
    builder.directory(LambdaPackage.folder().toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("LATCHKEY_"));
    environment.putAll(settings);
    environment.putAll(environment(api, handler, initialization, aws.address()));
    environment.put("LAMBDA_TASK_ROOT", LambdaPackage.folder().toString());
    return new LambdaProcess(api, builder.start(), log);
  }

  /// How Java starts for a function, in the folder of its package.
  ///
  /// @param options of Java, as `java25` chooses them
  public static List<String> command(String handler, List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx768m", "-Xshare:auto"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", client(), CLIENT, handler));
    return command;
  }

  /// What a function finds in its environment besides its settings.
  ///
  /// @param initialization `on-demand`, `provisioned-concurrency` or `snap-start`
  /// @param aws where it finds DynamoDB and KMS
  public static Map<String, String> environment(
      RuntimeApi api, String handler, String initialization, URI aws) {
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", initialization),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "function"),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
        Map.entry("AWS_LAMBDA_LOG_FORMAT", "JSON"),
        Map.entry("AWS_REGION", "eu-west-1"),
        Map.entry("_HANDLER", handler + "::handleRequest"),
        Map.entry("LATCHKEY_AWS_ENDPOINT", aws.toString()),
        Map.entry("LATCHKEY_FAMILIES_TABLE", AwsOverHttp.TABLES.families()),
        Map.entry("LATCHKEY_EPHEMERAL_TABLE", AwsOverHttp.TABLES.ephemeral()),
        Map.entry("LATCHKEY_REGISTRY_TABLE", AwsOverHttp.TABLES.registry()));
  }

  /// The runtime interface client and what it needs. Lambda has these jars apart from the
  /// functions.
  private static String client() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("aws-lambda-java-") || entry.contains("utils-lite"))
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }

  /// Waits until the function asks for its first event.
  public void awaitReady() {
    api.awaitReady();
  }

  /// Goes on as a copy that was started from the snapshot.
  public void restore() {
    api.restore();
  }

  /// Sends an event and waits for the answer.
  ///
  /// @throws IllegalStateException with the log, when there is none
  public byte[] invoke(byte[] event) {
    try {
      return api.invoke(event);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + " " + log(), e);
    }
  }

  /// What the function wrote to its log.
  public List<String> log() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
    Files.deleteIfExists(log);
  }
}
