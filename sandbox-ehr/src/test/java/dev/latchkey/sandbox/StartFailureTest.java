package dev.latchkey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees when the sandbox cannot start: one line, a non-zero exit, and nothing lost.
@BesideOthers
class StartFailureTest {

  @TempDir private Path folder;

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var line = refusal("--server.port=" + taken.getLocalPort(), "--latchkey.data=" + folder);

      assertThat(line).contains("Port " + taken.getLocalPort(), "--server.port=");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Path data = file.resolve("sandbox");

    assertThat(refusal(freePort(), "--latchkey.data=" + data))
        .contains("data folder " + data + " is not writable", "--latchkey.data=");
  }

  @Test
  void aDamagedStoreIsKeptAndItsMoveIsExplained() throws Exception {
    Path store = folder.resolve("fhir.mv.db");
    Files.writeString(store, "this is no database ".repeat(1000));

    assertThat(refusal(freePort(), "--latchkey.data=" + folder))
        .contains(store + " is damaged", "mv " + store + " " + store + ".damaged");
    assertThat(store).hasContent("this is no database ".repeat(1000));
  }

  @Test
  void aStoreThatIsCutOffIsKeptAndItsMoveIsExplained() throws Exception {
    makeStore();
    Path store = folder.resolve("fhir.mv.db");
    byte[] whole = Files.readAllBytes(store);
    byte[] head = Arrays.copyOf(whole, 4096 + 100);
    Files.write(store, head);

    assertThat(refusal(freePort(), "--latchkey.data=" + folder)).contains(store + " is damaged");
    assertThat(store).hasBinaryContent(head);
  }

  @Test
  void aDamagedStoreOfTheAuthorizationServerIsKeptToo() throws Exception {
    Path store = folder.resolve("latchkey.mv.db");
    Files.writeString(store, "this is no database ".repeat(1000));

    assertThat(refusal(freePort(), "--latchkey.data=" + folder)).contains(store + " is damaged");
    assertThat(store).hasContent("this is no database ".repeat(1000));
  }

  @Test
  void aLocalStackThatDoesNotAnswerIsNamed() throws Exception {
    var closed = "http://127.0.0.1:" + FreePort.find();

    assertThat(
            refusal(
                freePort(),
                "--latchkey.data=" + folder,
                "--spring.profiles.active=localstack",
                "--latchkey.aws-endpoint=" + closed))
        .contains("LocalStack does not answer at " + closed, "infra/localstack/up");
  }

  @Test
  void aStoreInUseIsNamed() throws Exception {
    try (var other = DriverManager.getConnection(new DataFolder(folder).h2Url("fhir"))) {
      assertThat(other.isValid(1)).isTrue();

      assertThat(refusal(freePort(), "--latchkey.data=" + folder))
          .contains("fhir.mv.db is in use", "--latchkey.data=");
    }
  }

  @Test
  void anIssuerWithAPathIsRefused() throws Exception {
    assertThat(
            refusal(
                freePort(),
                "--latchkey.data=" + folder,
                "--latchkey.issuer=https://ehr.example/sandbox"))
        .contains("latchkey.issuer must be an origin", "https://ehr.example/sandbox");
  }

  @Test
  void aPortThatIsNoNumberIsRefused() throws Exception {
    assertThat(refusal("--server.port=http", "--latchkey.data=" + folder))
        .contains("server.port must be a number, but is http");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamed() throws Exception {
    int closed = FreePort.find();
    var url = "jdbc:postgresql://127.0.0.1:" + closed + "/latchkey";

    assertThat(
            refusal(
                freePort(),
                "--latchkey.data=" + folder,
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + url))
        .contains("127.0.0.1:" + closed);
  }

  private void makeStore() throws SQLException {
    try (var connection = DriverManager.getConnection(new DataFolder(folder).h2Url("fhir"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE A AS SELECT X, RANDOM_UUID() FROM SYSTEM_RANGE(1, 20000)");
    }
  }

  private static String freePort() {
    return "--server.port=" + FreePort.find();
  }

  private static String refusal(String... arguments) throws IOException, InterruptedException {
    try (var sandbox = SandboxProcess.start(arguments)) {
      assertThat(sandbox.exitCode()).as("exit code").isEqualTo(1);
      assertThat(sandbox.output()).as("standard output").isEmpty();
      List<String> errors = sandbox.errors();
      assertThat(errors).as("standard error").hasSize(1);
      return errors.getFirst();
    }
  }
}
