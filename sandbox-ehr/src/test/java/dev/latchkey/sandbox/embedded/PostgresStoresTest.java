package dev.latchkey.sandbox.embedded;

import dev.latchkey.contract.StoresContract;
import dev.latchkey.wiring.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The JDBC stores keep the contract on PostgreSQL, where this machine has one.
class PostgresStoresTest extends StoresContract {
  private static TestPostgres postgres;
  private static Database database;

  @BeforeAll
  static void open() throws Exception {
    postgres = TestPostgres.startOrSkip();
    database = Database.open(postgres.address());
  }

  @AfterAll
  static void close() throws Exception {
    if (database != null) {
      database.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  protected Stores stores() {
    return JdbcStores.over(database);
  }
}
