package dev.latchkey.lambda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs [TwoCopies].
public final class CopiedProgram {
  /// A copy has one thread, so now and then it waits for one that it does not have.
  private static final int ATTEMPTS = 4;

  private static final long PATIENCE = 40;

  private CopiedProgram() {}

  /// What one copy wrote.
  ///
  /// @param values of the functions' own source
  /// @param fromNewGenerator of a generator that the copy made
  /// @param fromKeptGenerator of a generator that was made before
  public record Copy(List<String> values, String fromNewGenerator, String fromKeptGenerator) {
    private static Copy read(Path file) throws IOException {
      var lines = Files.readAllLines(file);
      return new Copy(
          lines.subList(0, TwoCopies.VALUES),
          lines.get(TwoCopies.VALUES),
          lines.get(TwoCopies.VALUES + 1));
    }
  }

  public record Copies(Copy one, Copy other) {}

  /// Makes the two copies and waits for their end.
  public static Copies run() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("copies");
    var one = folder.resolve("one");
    var other = folder.resolve("other");
    for (int i = 0; i < ATTEMPTS; i++) {
      if (ends(one, other)) {
        return new Copies(Copy.read(one), Copy.read(other));
      }
    }
    throw new IllegalStateException("The copies did not come to their end");
  }

  private static boolean ends(Path one, Path other) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Without threads that compile, which the copies would not have.
            "-Xint",
            "-XX:+UseSerialGC",
            "-Xmn128m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-cp",
            System.getProperty("java.class.path"),
            TwoCopies.class.getName(),
            one.toString(),
            other.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
    builder.environment().put("LATCHKEY_ISSUER", "https://latchkey.example");
    builder.environment().put("LATCHKEY_SIGNING_KEYS", "CURRENT=arn:aws:kms:eu-west-1:0:key/k");
    builder.environment().put("AWS_REGION", "eu-west-1");
    // Nobody listens there.
    builder.environment().put("LATCHKEY_AWS_ENDPOINT", "http://127.0.0.1:9");
    var log = File.createTempFile("copies", ".log");
    var process = builder.redirectErrorStream(true).redirectOutput(log).start();
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return false;
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(Files.readString(log.toPath()));
    }
    return true;
  }
}
