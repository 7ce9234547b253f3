package dev.latchkey.sandbox.embedded;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.contract.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL for tests: the one that the environment variable `LATCHKEY_TEST_POSTGRES` names (a
/// JDBC URL with user and password in it), or a new one from this machine's own binaries, on
/// loopback, in a folder that is deleted afterwards.
public final class TestPostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DatabaseAddress address;
  private final @Nullable Process server;
  private final @Nullable Path folder;

  private TestPostgres(DatabaseAddress address, @Nullable Process server, @Nullable Path folder) {
    this.address = address;
    this.server = server;
    this.folder = folder;
  }

  /// A running server; where there can be none, the tests that ask are reported as skipped.
  public static TestPostgres startOrSkip() throws IOException, InterruptedException {
    var named = System.getenv("LATCHKEY_TEST_POSTGRES");
    if (named != null) {
      return new TestPostgres(new DatabaseAddress(named, null, null), null, null);
    }
    var binaries = binaries();
    if (binaries.isEmpty()) {
      return abort("No PostgreSQL: neither LATCHKEY_TEST_POSTGRES nor initdb is there");
    }
    return start(binaries.get());
  }

  public DatabaseAddress address() {
    return address;
  }

  private static TestPostgres start(Path binaries) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("latchkey-postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    var data = folder.resolve("data").toString();
    run(binaries.resolve("initdb").toString(), "-D", data, "-U", "latchkey", "-A", "trust", "-N");
    var port = FreePort.find();
    var server =
        process(
                List.of(
                    binaries.resolve("postgres").toString(),
                    "-D",
                    data,
                    "-p",
                    String.valueOf(port),
                    "-k",
                    folder.toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "fsync=off"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var address =
        new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "latchkey", "");
    var postgres = new TestPostgres(address, server, folder);
    postgres.waitUntilReady();
    return postgres;
  }

  private void waitUntilReady() throws IOException, InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try (var connection =
          DriverManager.getConnection(address.url(), address.username(), address.password())) {
        connection.getMetaData();
        return;
      } catch (SQLException e) {
        Thread.sleep(100);
      }
    }
    close();
    throw new IOException("PostgreSQL did not answer in time");
  }

  private static Optional<Path> binaries() throws IOException {
    var folders = new ArrayList<Path>();
    Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of).forEach(folders::add);
    var debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (var versions = Files.list(debian)) {
        versions.sorted(Comparator.reverseOrder()).map(v -> v.resolve("bin")).forEach(folders::add);
      }
    }
    return folders.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
        .findFirst();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = process(List.of(command)).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  /// PostgreSQL refuses to run as root, so root becomes the user `postgres`.
  private static ProcessBuilder process(List<String> command) {
    var whole = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    whole.addAll(command);
    return new ProcessBuilder(whole).redirectErrorStream(true).directory(Path.of("/").toFile());
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.destroy();
      server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
    if (folder != null) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
