package dev.latchkey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.FreePort;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the second start finds after the first one ended, in good order or not.
@BesideOthers
class RestartTest {

  private static final String READY = "Latchkey sandbox is ready: open http://localhost:";

  @TempDir private Path folder;

  /// Starts in a row on one folder, because each costs seconds.
  @Test
  void eachStartGoesOnWhereTheLastOneWasKilled() throws Exception {
    killWhileLoading();
    finishLoadingAndKill();
    assertThat(stored()).isEqualTo(StoredResources.expected());

    execute("UPDATE HFJ_RESOURCE SET RES_DELETED_AT = CURRENT_TIMESTAMP WHERE FHIR_ID = 'mia'");
    startWithoutLoading();
    var changed = new TreeMap<>(StoredResources.expected());
    changed.merge("Patient", -1, Integer::sum);
    assertThat(stored()).isEqualTo(changed);
  }

  private void killWhileLoading() throws Exception {
    try (var sandbox = start()) {
      sandbox.await("Loading synthetic patients 4/");
      sandbox.kill();
      assertThat(sandbox.output()).noneMatch(line -> line.startsWith(READY));
    }
  }

  private void finishLoadingAndKill() throws Exception {
    try (var sandbox = start()) {
      sandbox.await(READY);
      assertThat(sandbox.output())
          .anyMatch(line -> line.startsWith("Loading synthetic patients "))
          .noneMatch(line -> line.startsWith("Loading synthetic patients 1/"));
      assertThat(sandbox.errors()).isEmpty();
    }
  }

  private void startWithoutLoading() throws Exception {
    RunningSandbox.run(Sandbox.class, folder, Map.of()).close();
  }

  private SandboxProcess start() throws Exception {
    return SandboxProcess.start("--server.port=" + FreePort.find(), "--latchkey.data=" + folder);
  }

  private Map<String, Integer> stored() throws SQLException {
    try (var connection = DriverManager.getConnection(new DataFolder(folder).h2Url("fhir"))) {
      return StoredResources.in(connection);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(new DataFolder(folder).h2Url("fhir"));
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isOne();
    }
  }
}
