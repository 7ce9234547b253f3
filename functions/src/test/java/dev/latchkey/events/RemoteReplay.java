package dev.latchkey.events;

import dev.latchkey.contract.InProcessKms;
import dev.latchkey.lambda.AwsOverHttp;
import dev.latchkey.lambda.LambdaProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Replays events against one function that runs as on Lambda: under its runtime interface client,
/// in a process of its own, from the files that are deployed. The events find what those before
/// them left in the tables.
public final class RemoteReplay implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "LATCHKEY_ISSUER",
          World.ISSUER,
          "LATCHKEY_SIGNING_KEYS",
          "CURRENT=" + InProcessKms.SIGNING_KEY,
          "LATCHKEY_TOKEN_KEY",
          InProcessKms.TOKEN_KEY,
          "LATCHKEY_REMEMBER_CONSENT",
          "true");

  private final AwsOverHttp aws;
  private final LambdaProcess function;
  private final World world = World.inUseNow();
  private final String name;

  /// Starts a function and waits until it asks for its first event.
  ///
  /// @param name as in the folder `events`, such as `token`
  public RemoteReplay(String name) throws IOException {
    this.name = name;
    aws = AwsOverHttp.start(world.aws(), world.tables());
    function = LambdaProcess.start(TemplateFunctions.read().handlerClass(name), aws, SETTINGS);
    function.awaitReady();
  }

  /// How its answer to an event differs from the expected one.
  ///
  /// @param event such as `refresh-rotates`
  public List<String> differences(String event) {
    return Replay.differences(EventCase.named(name + "/" + event), world, function::invoke);
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
