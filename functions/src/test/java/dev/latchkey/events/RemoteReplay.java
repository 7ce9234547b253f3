package dev.latchkey.events;

import dev.latchkey.contract.InProcessKms;
import dev.latchkey.lambda.AwsOverHttp;
import dev.latchkey.lambda.LambdaProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Replays events against one function that runs as on Lambda: under its runtime interface client,
/// in a process of its own, from the files that are deployed, with no other settings than the
/// template gives it. The events find what those before them left in the tables.
public final class RemoteReplay implements AutoCloseable {
  /// Of the deployment that the events know.
  public static final Map<String, String> SETTINGS =
      Map.of(
          "LATCHKEY_ISSUER",
          World.ISSUER,
          "LATCHKEY_SIGNING_KEYS",
          "CURRENT=" + InProcessKms.SIGNING_KEY,
          "LATCHKEY_TOKEN_KEY",
          InProcessKms.TOKEN_KEY,
          "LATCHKEY_REMEMBER_CONSENT",
          "true",
          "LATCHKEY_REGISTRATION",
          "open",
          "LATCHKEY_HEALTHLAKE_READING_ROLE",
          World.HEALTH_LAKE.readingRole());

  private final AwsOverHttp aws;
  private final LambdaProcess function;
  private final World world = World.inUseNow();
  private final String name;
  private byte[] sent = {};

  private interface Start {
    LambdaProcess function(String handler, AwsOverHttp aws, Map<String, String> settings)
        throws IOException;
  }

  private RemoteReplay(String name, Start start) throws IOException {
    this.name = name;
    aws = AwsOverHttp.start(world.aws(), world.tables());
    var template = TemplateFunctions.read();
    var settings = new HashMap<>(SETTINGS);
    settings.keySet().retainAll(template.settings(name));
    function = start.function(template.handlerClass(name), aws, settings);
  }

  /// Starts a function and waits until it asks for its first event.
  ///
  /// @param name as in the folder `events`, such as `token`
  public static RemoteReplay of(String name) throws IOException {
    var replay = new RemoteReplay(name, LambdaProcess::start);
    replay.function.awaitReady();
    return replay;
  }

  /// Starts an instance that Lambda keeps running, and waits until it asks for its first event.
  public static RemoteReplay keptRunning(String name) throws IOException {
    var replay = new RemoteReplay(name, LambdaProcess::startKeptRunning);
    replay.function.awaitReady();
    return replay;
  }

  /// Starts a function and waits until its snapshot may be taken.
  public static RemoteReplay beforeSnapshot(String name) throws IOException {
    return new RemoteReplay(name, LambdaProcess::startForSnapshot);
  }

  /// Goes on as a copy that was started from the snapshot, up to its first event.
  public void restore() {
    function.restore();
    function.awaitReady();
  }

  /// How its answer to an event differs from the expected one.
  ///
  /// @param event such as `refresh-rotates`
  public List<String> differences(String event) {
    return Replay.differences(EventCase.named(name + "/" + event), world, this::invoke);
  }

  private byte[] invoke(byte[] event) {
    sent = event;
    return function.invoke(event);
  }

  /// The last event as it was sent, with the signed tokens that it speaks of.
  public byte[] sent() {
    return sent.clone();
  }

  /// The calls to AWS so far, with their answers.
  public List<AwsOverHttp.Exchange> exchanges() {
    return aws.exchanges();
  }

  /// The calls to AWS so far.
  public List<String> calls() {
    return aws.calls();
  }

  /// What the function wrote to its log so far.
  public List<String> log() {
    return function.log();
  }

  @Override
  public void close() throws IOException {
    function.close();
    aws.close();
  }
}
