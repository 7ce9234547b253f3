package dev.latchkey.sandbox.embedded;

import dev.latchkey.endpoint.TableDumpContract;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A copy of the sandbox's tables is worth nothing, but for the one that stands for KMS: it holds
/// the keys in the clear, which is why the sandbox is not for production.
class H2TableDumpTest extends TableDumpContract {
  private static final String KEYS_IN_THE_CLEAR = "local_kms_key";

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open(DatabaseAddress.h2("jdbc:h2:file:" + folder.resolve("latchkey")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Wiring wiring() {
    var settings =
        new SandboxSettings(
            URI.create("http://localhost:8080"), folder, false, false, RegistrationMode.OPEN);
    return new EmbeddedConfiguration().wiring(settings, database);
  }

  @Override
  protected Collection<?> everythingStored() {
    return tables()
        .flatMap(
            table -> database.sql().sql("SELECT * FROM " + table).query().listOfRows().stream())
        .map(Map::values)
        .flatMap(Collection::stream)
        .toList();
  }

  private Stream<String> tables() {
    return database
        .sql()
        .sql(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE LOWER(table_schema) = 'latchkey_authorization'")
        .query(String.class)
        .list()
        .stream()
        .filter(table -> !table.equalsIgnoreCase(KEYS_IN_THE_CLEAR));
  }
}
