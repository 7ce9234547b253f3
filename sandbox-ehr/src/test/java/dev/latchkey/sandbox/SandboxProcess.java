package dev.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The sandbox in a process of its own, as people start it.
public final class SandboxProcess implements AutoCloseable {

  /// Generous, because a build machine may do other things at the same time.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Path output;
  private final Path errors;

  private SandboxProcess(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  public static SandboxProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Sandbox.class.getName());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("sandbox", ".out");
    Path errors = Files.createTempFile("sandbox", ".err");
    var process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return new SandboxProcess(process, output, errors);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The sandbox is still running.");
    }
    return process.exitValue();
  }

  public List<String> output() throws IOException {
    return Files.readAllLines(output);
  }

  List<String> errors() throws IOException {
    return Files.readAllLines(errors);
  }

  /// Waits until a line of standard output starts with some words.
  public void await(String words) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (output().stream().noneMatch(line -> line.startsWith(words))) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(
            "No line \"%s\". Output: %s Errors: %s".formatted(words, output(), errors()));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  /// Ends the process as a power cut would.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.delete(output);
    Files.delete(errors);
  }
}
