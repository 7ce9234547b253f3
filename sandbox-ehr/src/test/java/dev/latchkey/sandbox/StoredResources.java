package dev.latchkey.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// How many resources of each type a FHIR store holds, and how many the synthetic patients have.
final class StoredResources {

  private StoredResources() {}

  /// What the loaded bundles hold.
  static Map<String, Integer> expected() throws IOException {
    var types = new ObjectMapper().readTree(LoadedStore.index()).required("types");
    var counts = new TreeMap<String, Integer>();
    types.properties().forEach(type -> counts.put(type.getKey(), type.getValue().intValue()));
    return counts;
  }

  /// What is stored and not deleted, read past HAPI; without the example launch tasks, which a
  /// start writes again where a killed one lost them.
  static Map<String, Integer> in(Connection connection) throws SQLException {
    var counts = new TreeMap<String, Integer>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT RES_TYPE, COUNT(*) FROM HFJ_RESOURCE WHERE RES_DELETED_AT IS NULL GROUP BY"
                    + " RES_TYPE")) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
    }
    counts.remove("Task");
    return counts;
  }
}
