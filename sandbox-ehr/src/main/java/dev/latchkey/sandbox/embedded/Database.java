package dev.latchkey.sandbox.embedded;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The authorization server's own database, apart from the FHIR server's: its tables lie in the
/// schema `latchkey` of an H2 file or of PostgreSQL.
public final class Database implements AutoCloseable {
  /// Of schema.sql. Raise it with a change that older versions of the program cannot read.
  private static final int VERSION = 1;

  /// Not `latchkey`: PostgreSQL puts tables of a user first into a schema of the user's name, so
  /// those of the FHIR server would end up here.
  private static final String SCHEMA = "latchkey_authorization";

  private final HikariDataSource pool;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.sql = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  /// Opens the database and makes what is missing in it.
  ///
  /// @throws SQLException when it cannot be opened, read or written, or is of a newer version
  static Database open(DatabaseAddress address) throws SQLException {
    var pool = new HikariDataSource();
    try (var connection =
        DriverManager.getConnection(address.url(), address.username(), address.password())) {
      pool.setSchema(createSchema(connection));
    }
    pool.setPoolName("latchkey");
    pool.setJdbcUrl(address.url());
    pool.setUsername(address.username());
    pool.setPassword(address.password());
    // Sooner than a caller of the gateway gives up.
    pool.setConnectionTimeout(10_000);
    pool.setMaximumPoolSize(16);
    pool.setMinimumIdle(2);
    return new Database(pool);
  }

  JdbcClient sql() {
    return sql;
  }

  /// Runs several statements as one.
  <T> T atomically(Supplier<T> statements) {
    var result = transactions.execute(status -> statements.get());
    if (result == null) {
      throw new IllegalStateException("The statements gave no result");
    }
    return result;
  }

  /// Returns the schema's name as this database writes it.
  private static String createSchema(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
    }
    var schema =
        connection.getMetaData().storesUpperCaseIdentifiers()
            ? SCHEMA.toUpperCase(Locale.ROOT)
            : SCHEMA;
    connection.setSchema(schema);
    ScriptUtils.executeSqlScript(connection, new ClassPathResource("schema.sql", Database.class));
    checkVersion(connection);
    return schema;
  }

  private static void checkVersion(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO store_version (version) SELECT "
              + VERSION
              + " WHERE NOT EXISTS (SELECT 1 FROM store_version)");
      try (var row = statement.executeQuery("SELECT MAX(version) FROM store_version")) {
        if (row.next() && row.getInt(1) > VERSION) {
          throw new SQLException("it was written by a newer version of Latchkey");
        }
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
