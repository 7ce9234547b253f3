package dev.latchkey.sandbox.embedded;

import dev.latchkey.contract.StoresContract;
import dev.latchkey.wiring.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The JDBC stores keep the contract on an H2 file.
class H2StoresTest extends StoresContract {
  @TempDir private static Path folder;
  private static Database database;

  @BeforeAll
  static void open() throws SQLException {
    database = Database.open(DatabaseAddress.h2("jdbc:h2:file:" + folder.resolve("latchkey")));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected Stores stores() {
    return JdbcStores.over(database);
  }
}
