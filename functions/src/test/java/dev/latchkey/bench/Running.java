package dev.latchkey.bench;

import dev.latchkey.http.Json;
import dev.latchkey.lambda.RuntimeApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A contender in a process of its own, with services that answer from a recording.
final class Running implements AutoCloseable {
  private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMG]) ");

  private final Contender contender;
  private final RuntimeApi api;
  private final AwsProcess aws;
  private final URI address;
  private final byte[] event;
  private final long started = System.nanoTime();
  private final Process process;
  private int requests;

  private Running(
      Contender contender, Recording recording, AwsProcess aws, Path folder, RuntimeApi api)
      throws IOException {
    this.contender = contender;
    this.aws = aws;
    this.api = api;
    event = recording.event();
    address = aws.serve(recording);
    var log = Files.createTempFile(folder, "function", ".log").toFile();
    var builder = contender.process(api, address, folder);
    process = builder.redirectErrorStream(true).redirectOutput(log).start();
    var _ = process.onExit().thenRun(api::end);
  }

  static Running start(Contender contender, Recording recording, AwsProcess aws, Path folder)
      throws IOException {
    return new Running(contender, recording, aws, folder, RuntimeApi.start());
  }

  /// Waits until it asks for its first event.
  ///
  /// @return ms since its start
  double awaitReady() {
    api.awaitReady();
    return (System.nanoTime() - started) / 1e6;
  }

  /// Takes it to its snapshot, and on as a copy of it that has no connections. Java itself goes on
  /// as it is: what Lambda needs to bring its memory back is not in here.
  void restore() throws IOException {
    api.awaitCheckpoint();
    aws.cut(address);
    api.restore();
  }

  /// Sends the event of the recording, to which the answer must be 200.
  ///
  /// @return ms until the answer
  double request() throws IOException {
    var sent = System.nanoTime();
    var answer = api.invoke(event);
    var taken = (System.nanoTime() - sent) / 1e6;
    requests++;
    if (!Integer.valueOf(200)
        .equals(Json.readObject(new ByteArrayInputStream(answer)).get("statusCode"))) {
      throw new IllegalStateException(
          contender.name() + ": " + new String(answer, StandardCharsets.UTF_8));
    }
    return taken;
  }

  /// The processor time that it has used, in steps of 10 ms.
  Duration processorTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /// What it holds in memory, in MB.
  double resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  /// What one request allocates, in kB: the mean of so many, by the count that Java itself keeps.
  double allocated(int of) throws IOException {
    var before = allocated();
    for (int i = 0; i < of; i++) {
      var _ = request();
    }
    return (allocated() - before) / of;
  }

  private double allocated() throws IOException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var asked = new ProcessBuilder(jcmd, String.valueOf(process.pid()), "Thread.print", "-e");
    try (var lines = asked.start().inputReader().lines()) {
      return lines
          .map(ALLOCATED::matcher)
          .filter(Matcher::find)
          .mapToDouble(Running::kilobytes)
          .sum();
    }
  }

  /// Java writes great amounts in MB: with hundreds of requests that matters little.
  private static double kilobytes(Matcher amount) {
    return Double.parseDouble(amount.group(1))
        * Math.pow(1024, "BKMG".indexOf(amount.group(2)) - 1);
  }

  /// Ends the process, which must have called what `docs/calls.csv` says.
  void end(CallsTable table) throws IOException {
    var called = aws.end(address).stream().filter(call -> !call.isEmpty()).toList();
    var minutes = (int) Math.ceil((System.nanoTime() - started) / 60e9);
    if (!contender.mayHaveCalled(called, table, requests, minutes)) {
      throw new IllegalStateException(
          "%s called %s in %d requests".formatted(contender.name(), called, requests));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      var _ = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
