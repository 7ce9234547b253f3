package dev.latchkey.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The process of [ReplayedAws].
final class AwsProcess implements AutoCloseable {
  private final Process process;
  private final Writer in;
  private final BufferedReader out;
  private final Path folder;

  private AwsProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    in = process.outputWriter();
    out = process.inputReader();
  }

  /// @param folder where `bench/run` put the certificate
  static AwsProcess start(Path folder) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            System.getProperty("java.class.path"),
            ReplayedAws.class.getName(),
            folder.resolve("services.p12").toString(),
            folder.resolve("password").toString());
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    return new AwsProcess(builder.start(), folder);
  }

  /// Answers from a recording, at an address of its own.
  URI serve(Recording recording) throws IOException {
    return URI.create("https://127.0.0.1:" + ask("serve " + recording.write(folder)));
  }

  /// Ends all connections, as it is after a snapshot.
  void cut(URI address) throws IOException {
    var _ = ask("cut " + address.getPort());
  }

  /// Ends it, and says what was called how often.
  List<String> end(URI address) throws IOException {
    return List.of(ask("end " + address.getPort()).split(";", -1));
  }

  private String ask(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
    var answer = out.readLine();
    if (answer == null) {
      throw new IOException("The services ended at: " + command);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    in.close();
    process.destroy();
  }
}
