package dev.latchkey.bench;

import dev.latchkey.events.TemplateFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Measures what the functions cost; `bench/run` starts it.
final class Bench {
  /// With SnapStart Java compiles in the background for about ten thousand requests. A code or an
  /// assertion is good for a minute, so only refreshes can wait for the end of that.
  private static final int BLOCKS_OF_WARMING_UP = 5;

  private final Path folder;
  private final Path functions;
  private final int rounds;
  private final int requests;
  private final String only;
  private final AwsProcess aws;
  private final CallsTable table = new CallsTable();
  private final Results results = new Results();

  Bench(Path folder, Path functions, int rounds, int requests, String only)
      throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.functions = functions;
    this.rounds = rounds;
    this.requests = requests;
    this.only = only;
    Trust.write(folder);
    aws = AwsProcess.start(folder);
  }

  /// Measures and prints.
  ///
  /// @param arguments the folder that `bench/run` has filled, how many rounds, and how many
  ///   requests of each operation count at first and at last in each
  public static void main(String[] arguments) {
    // DynamoDB Local leaves threads behind, so that nothing ends by itself.
    try {
      var folder = Path.of(arguments[0]);
      var bench =
          new Bench(
              folder,
              folder.resolve("function"),
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]),
              arguments.length > 3 ? arguments[3] : "");
      bench.measure().print();
      System.exit(0);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      System.err.println("bench: nothing is reported: " + e);
      e.printStackTrace();
      System.exit(1);
    }
  }

  Results measure() throws IOException {
    try (aws) {
      measureAll();
    }
    return results;
  }

  private void measureAll() throws IOException {
    var refresh = Recording.of(Recording.REFRESH);
    for (int round = 1; "starts".startsWith(only) && round <= rounds; round++) {
      System.err.printf(Locale.ROOT, "bench: starts, round %d of %d%n", round, rounds);
      for (var contender : starting(refresh)) {
        start(contender, refresh);
      }
    }
    int answering = Math.max(1, rounds / 3);
    var operations = Recording.operations().stream().filter(name -> name.startsWith(only)).toList();
    for (int round = 1; round <= answering; round++) {
      for (var operation : operations) {
        System.err.printf(Locale.ROOT, "bench: %s, round %d of %d%n", operation, round, answering);
        answer(Recording.of(operation));
      }
    }
  }

  private List<Contender> starting(Recording refresh) throws IOException {
    var all = new ArrayList<>(go());
    for (var isRestored : List.of(false, true)) {
      all.add(Contender.floor(floor(), isRestored));
      all.addAll(latchkey(refresh, isRestored));
    }
    return all;
  }

  /// Latchkey's function of a recording, also as it was before a change where `bench/run` was told.
  private List<Contender> latchkey(Recording recording, boolean isRestored) {
    var handler = TemplateFunctions.read().handlerClass(recording.function());
    var now = Contender.latchkey(recording.operation(), functions, handler, isRestored);
    var before = System.getProperty("bench.before", "");
    return before.isEmpty() ? List.of(now) : List.of(now.asBefore(Path.of(before)), now);
  }

  private List<Contender> go() {
    return Files.exists(folder.resolve("go/refresh"))
        ? List.of(
            Contender.go(folder.resolve("go"), Contender.TWO),
            Contender.go(folder.resolve("go"), Contender.FIVE))
        : List.of();
  }

  /// The package of the constant answer: its one class.
  private Path floor() throws IOException {
    var name = ConstantFunction.class.getName().replace('.', '/') + ".class";
    var file = folder.resolve("floor").resolve(name);
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      try (var in = ClassLoader.getSystemResourceAsStream(name)) {
        Files.copy(in, file);
      }
    }
    return folder.resolve("floor");
  }

  private void start(Contender contender, Recording recording) throws IOException {
    try (var running = Running.start(contender, recording, aws, folder)) {
      double init = 0;
      if (contender.isRestored()) {
        running.restore();
      } else {
        init = running.awaitReady();
      }
      var first = running.request();
      results.started(
          contender.name(),
          init,
          first,
          running.processorTime().toNanos() / 1e6,
          running.resident());
      running.end(table);
    }
  }

  /// All that do an operation at the same time, some requests each in turn.
  private void answer(Recording recording) throws IOException {
    var contenders = new ArrayList<Contender>();
    var isRefresh = recording.operation().equals(Recording.REFRESH);
    if (isRefresh) {
      contenders.addAll(go());
      contenders.add(Contender.floor(floor(), false));
    }
    contenders.addAll(latchkey(recording, false));
    contenders.addAll(latchkey(recording, true));
    var running = new ArrayList<Running>();
    try {
      for (var contender : contenders) {
        var one = Running.start(contender, recording, aws, folder);
        running.add(one);
        if (contender.isRestored()) {
          one.restore();
        }
        // One after another: each start writes the runtime interface client's library to one place.
        var _ = one.awaitReady();
      }
      var first = block(running);
      for (int i = 0; isRefresh && i < BLOCKS_OF_WARMING_UP; i++) {
        var _ = block(running);
      }
      var last = block(running);
      for (int i = 0; i < running.size(); i++) {
        var one = running.get(i);
        var resident = one.resident();
        var allocated = contenders.get(i).isJava() ? one.allocated(requests / 4) : Double.NaN;
        var name = contenders.get(i).name();
        results.answered(
            recording.operation(), name, first.get(i), last.get(i), allocated, resident);
        one.end(table);
      }
    } finally {
      for (var one : running) {
        one.close();
      }
    }
  }

  /// @return what one of these requests cost each
  private List<Results.Cost> block(List<Running> running) throws IOException {
    var before = running.stream().map(Running::processorTime).toList();
    var taken = inTurn(running);
    var costs = new ArrayList<Results.Cost>();
    for (int i = 0; i < running.size(); i++) {
      var used = running.get(i).processorTime().minus(before.get(i));
      costs.add(new Results.Cost(used.toNanos() / 1e6 / requests, taken.get(i)));
    }
    return costs;
  }

  /// @return the median time of a request of each, in ms
  private List<Double> inTurn(List<Running> running) throws IOException {
    int block = 50;
    var times = new double[running.size()][requests];
    for (int done = 0; done < requests; done += block) {
      for (int i = 0; i < running.size(); i++) {
        for (int n = done; n < Math.min(done + block, requests); n++) {
          times[i][n] = running.get(i).request();
        }
      }
    }
    return Arrays.stream(times).map(Results::median).toList();
  }
}
