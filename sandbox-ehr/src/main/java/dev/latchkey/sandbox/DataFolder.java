package dev.latchkey.sandbox;

import java.nio.file.Path;

/// The folder that keeps the sandbox's data between starts.
///
/// @param path absolute path of the folder
public record DataFolder(Path path) {

  /// The H2 file of one store; H2 adds this ending to the name in a URL.
  ///
  /// @param store name of the store, such as `fhir`
  public Path h2File(String store) {
    return path.resolve(store + ".mv.db");
  }

  /// JDBC URL of the H2 file of one store.
  ///
  /// @param store name of the store, such as `fhir`
  public String h2Url(String store) {
    // A semicolon starts H2's settings, so one in the path is escaped. The sandbox closes its
    // stores
    // itself, after the last request; H2's own shutdown hook would not wait for that.
    return "jdbc:h2:file:"
        + path.resolve(store).toString().replace(";", "\\;")
        + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
  }
}
