package dev.latchkey.events;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.endpoint.HealthLakeFunction;
import dev.latchkey.http.Json;
import dev.latchkey.wiring.Wiring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// How one event was answered, in a world of its own.
///
/// @param differences from the expected answer, one line each
/// @param log what the function wrote to its log
/// @param calls the AWS calls that it made
public record Replay(List<String> differences, List<String> log, Set<String> calls) {
  private static final Map<EventCase, Replay> DONE = new ConcurrentHashMap<>();
  private static final Map<EventCase, Replay> WITH_ITEMS_LOST = new ConcurrentHashMap<>();

  /// Replays an event, once for all tests that ask.
  public static Replay of(EventCase event) {
    return DONE.computeIfAbsent(event, Replay::inUse);
  }

  /// Replays an event, such as `token/refresh-rotates`, where no key was ever needed before.
  public static Replay asFirstOfADeployment(String name) {
    return run(EventCase.named(name), World.beforeItsFirstKey());
  }

  /// Replays an event where window keys sign access tokens.
  public static Replay withWindowKeys(EventCase event) {
    return run(event, World.withWindowKeys());
  }

  /// Replays an event where items go in the moment before they are changed, so that the refusal
  /// cannot say what stood in the way. The answer is another one than the event's then.
  public static Replay withItemsLost(EventCase event) {
    return WITH_ITEMS_LOST.computeIfAbsent(event, lost -> run(lost, World.thatLosesItems()));
  }

  /// Whether it changed an item that was there, or might have been.
  public boolean changesItems() {
    return calls.stream().anyMatch(call -> call.startsWith("dynamodb:UpdateItem "));
  }

  private static Replay inUse(EventCase event) {
    var world = World.inUse();
    var replay = run(event, world);
    world.end();
    return replay;
  }

  private static Replay run(EventCase event, World world) {
    var context = new LambdaContext();
    var differences = differences(event, world, sent -> inThisProcess(event, sent, world, context));
    var log = new ArrayList<>(context.lines());
    log.addAll(world.events());
    return new Replay(differences, log, world.calls());
  }

  /// How the answer to an event differs from the expected one.
  ///
  /// @param function answers it
  static List<String> differences(EventCase event, World world, UnaryOperator<byte[]> function) {
    var expected = new LinkedHashMap<>(event.expected());
    var revokes = expected.remove("revokes");
    var before = world.revoked();
    var answer = readable(function.apply(sent(event, world)));
    var after = world.revoked();
    after.removeAll(before);
    var differences = new ArrayList<>(Holes.differences(expected, answer));
    differences.addAll(
        Holes.differences(revokes == null ? List.of() : revokes, List.copyOf(after)));
    return differences;
  }

  private static byte[] inThisProcess(
      EventCase event, byte[] sent, World world, LambdaContext context) {
    var out = new ByteArrayOutputStream();
    try {
      handler(event.function(), world.wiring(event))
          .handleRequest(new ByteArrayInputStream(sent), out, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] sent(EventCase event, World world) {
    try {
      return world
          .withSignedTokens(Files.readString(event.eventFile()))
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The class that the template names as the function's handler.
  public static RequestStreamHandler handler(String function, Wiring wiring) {
    if (function.equals("healthlake")) {
      return new HealthLakeFunction(wiring, World.HEALTH_LAKE);
    }
    try {
      return Class.forName(TemplateFunctions.read().handlerClass(function))
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(Wiring.class)
          .newInstance(wiring);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A JSON body is compared as JSON, since the order of members says nothing.
  private static Map<String, Object> readable(byte[] out) {
    var readable = new LinkedHashMap<>(json(out));
    if (readable.get("headers") instanceof Map<?, ?> headers
        && "application/json".equals(headers.get("content-type"))
        && readable.get("body") instanceof String body) {
      readable.put("body", json(body.getBytes(StandardCharsets.UTF_8)));
    }
    return readable;
  }

  private static Map<String, Object> json(byte[] text) {
    try {
      return Json.readObject(new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
