package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.util.VersionUtil;
import dev.latchkey.sandbox.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/// What has been finished in the FHIR store, kept in the store itself.
///
/// A step is written down only after it is committed, and every step may run twice, so a start that
/// was cut off is continued by the next one.
final class LoadRecord {

  private static final String SCHEMA_STEP = "schema " + VersionUtil.getVersion();

  private final DataSource dataSource;
  private final boolean onPostgres;
  private final Set<String> finished;

  private LoadRecord(DataSource dataSource, boolean onPostgres, Set<String> finished) {
    this.dataSource = dataSource;
    this.onPostgres = onPostgres;
    this.finished = finished;
  }

  /// Opens the record, which is created when it is missing.
  ///
  /// @throws StartRefused when the database cannot be opened
  static LoadRecord in(DataSource dataSource) {
    try (var connection = dataSource.getConnection()) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS LATCHKEY_LOADED (STEP VARCHAR(200) PRIMARY KEY)");
      }
      return new LoadRecord(dataSource, isPostgres(connection), readSteps(connection));
    } catch (SQLException failure) {
      throw new StartRefused("The FHIR store cannot be used: " + failure.getMessage(), failure);
    }
  }

  private static boolean isPostgres(Connection connection) throws SQLException {
    return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
  }

  private static Set<String> readSteps(Connection connection) throws SQLException {
    var steps = new HashSet<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT STEP FROM LATCHKEY_LOADED")) {
      while (rows.next()) {
        steps.add(rows.getString(1));
      }
    }
    return steps;
  }

  boolean isOnPostgres() {
    return onPostgres;
  }

  /// Whether the tables were made by the HAPI version that runs now.
  boolean hasCurrentSchema() {
    return isFinished(SCHEMA_STEP);
  }

  void schemaIsCurrent() {
    finish(SCHEMA_STEP);
  }

  synchronized boolean isFinished(String step) {
    return finished.contains(step);
  }

  synchronized void finish(String step) {
    if (finished.contains(step)) {
      return;
    }
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement("INSERT INTO LATCHKEY_LOADED VALUES (?)")) {
      insert.setString(1, step);
      insert.executeUpdate();
      sync(connection);
    } catch (SQLException failure) {
      throw new StartRefused("The FHIR store cannot be used: " + failure.getMessage(), failure);
    }
    finished.add(step);
  }

  /// H2 writes a commit to its file within half a second; a killed start must not lose that.
  private void sync(Connection connection) throws SQLException {
    if (!onPostgres) {
      try (var checkpoint = connection.createStatement()) {
        checkpoint.execute("CHECKPOINT SYNC");
      }
    }
  }
}
