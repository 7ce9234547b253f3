package dev.latchkey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.embedded.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole sandbox with the profile `postgres`.
@BesideOthers
class PostgresTest {

  @TempDir private Path folder;

  @Test
  void thePatientsAreLoadedIntoPostgres() throws Exception {
    try (var postgres = TestPostgres.startOrSkip()) {
      var address = postgres.address();
      var user = Objects.requireNonNullElse(address.username(), "");
      var password = Objects.requireNonNullElse(address.password(), "");
      run(address.url(), user, password);

      try (var connection = DriverManager.getConnection(address.url(), user, password)) {
        assertThat(StoredResources.in(connection)).isEqualTo(StoredResources.expected());
      }
      assertThat(folder.resolve("fhir.mv.db")).doesNotExist();
    }
  }

  private void run(String url, String user, String password) throws IOException {
    RunningSandbox.run(
            Sandbox.class,
            folder,
            Map.of(
                "spring.profiles.active", "postgres",
                "spring.datasource.url", url,
                "spring.datasource.username", user,
                "spring.datasource.password", password))
        .close();
  }
}
