package dev.latchkey.bench;

import static dev.latchkey.lambda.LambdaProcess.command;

import dev.latchkey.contract.InProcessKms;
import dev.latchkey.events.RemoteReplay;
import dev.latchkey.lambda.LambdaProcess;
import dev.latchkey.lambda.RuntimeApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Something that is measured, and how Lambda starts it.
///
/// @param name as the tables call it
/// @param calls as the request that it answers makes them: an operation of `docs/calls.csv`, or one
///   of those below
/// @param folder of its package
/// @param options of Java; empty for what is not Java
/// @param isRestored whether it starts from a snapshot
/// @param settings its environment
record Contender(
    String name,
    String calls,
    Path folder,
    String handler,
    List<String> options,
    boolean isRestored,
    Map<String, String> settings) {
  static final String NONE = "none";
  static final String TWO = "two";
  static final String FIVE = "five";

  private static final String QUICK = "-XX:TieredStopAtLevel=1";
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  /// A function of Latchkey.
  ///
  /// @param isRestored whether with SnapStart, where Lambda has both compilers work
  static Contender latchkey(String operation, Path folder, String handler, boolean isRestored) {
    var options = List.of(isRestored ? HOOKS : QUICK);
    var name = isRestored ? "Latchkey, SnapStart" : "Latchkey";
    return new Contender(
        name, operation, folder, handler, options, isRestored, RemoteReplay.SETTINGS);
  }

  static Contender floor(Path folder, boolean isRestored) {
    var handler = ConstantFunction.class.getName();
    var options = List.of(isRestored ? HOOKS : QUICK);
    var name = isRestored ? "constant answer in Java, SnapStart" : "constant answer in Java";
    return new Contender(name, NONE, folder, handler, options, isRestored, Map.of());
  }

  /// The Go function of `bench/refresh`.
  ///
  /// @param calls [#TWO] or [#FIVE]
  static Contender go(Path folder, String calls) {
    var settings =
        Map.of("CALLS", calls.equals(TWO) ? "2" : "5", "SIGNING_KEY", InProcessKms.SIGNING_KEY);
    return new Contender(
        "Go, " + calls + " calls", calls, folder, "refresh", List.of(), false, settings);
  }

  /// The same from another package.
  Contender asBefore(Path other) {
    return new Contender(name + ", before", calls, other, handler, options, isRestored, settings);
  }

  boolean isJava() {
    return !options.isEmpty();
  }

  /// How to start it.
  ///
  /// @param trusted the folder with the certificates that it trusts
  ProcessBuilder process(RuntimeApi api, URI aws, Path trusted) {
    var command = new ArrayList<>(pinned());
    if (isJava()) {
      var all = new ArrayList<>(options);
      all.add("-Djavax.net.ssl.trustStore=" + trusted.resolve("trusted.p12"));
      command.addAll(command(handler, all));
    } else {
      command.add(folder.resolve(handler).toString());
    }
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(n -> n.startsWith("AWS_") || n.startsWith("LATCHKEY_"));
    builder.environment().putAll(environment(api, aws, trusted));
    return builder;
  }

  private Map<String, String> environment(RuntimeApi api, URI aws, Path trusted) {
    var kind = isRestored ? "snap-start" : "on-demand";
    var environment = new HashMap<>(settings);
    environment.putAll(LambdaProcess.environment(api, handler, kind, aws));
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_ENDPOINT_URL", aws.toString());
    environment.put("SSL_CERT_FILE", trusted.resolve("trusted.pem").toString());
    return environment;
  }

  /// One processor for what is measured, where `bench/run` found that there are more.
  private static List<String> pinned() {
    var processor = System.getProperty("bench.processor", "");
    return processor.isEmpty() ? List.of() : List.of("taskset", "-c", processor);
  }

  /// Whether a process of it called just what so many requests need.
  ///
  /// @param minutes for how long it ran
  boolean mayHaveCalled(List<String> called, CallsTable table, int requests, int minutes) {
    return switch (calls) {
      case NONE -> called.isEmpty();
      case TWO -> called.equals(List.of("Sign=" + requests, "UpdateItem families=" + requests));
      case FIVE -> table.allows(Recording.REFRESH, requests, 0, called);
      default -> table.allows(calls, requests, 1 + minutes, called);
    };
  }
}
