package dev.latchkey.sandbox.access;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/// Says in whose record an entry of a given id is now.
@FunctionalInterface
interface EntryOwners {
  /// One query, the same for an entry that is not there, a deleted one and one of another patient:
  /// neither the answer nor the work behind it tells them apart.
  ///
  /// @return the bare id of the one patient whom the entry names; empty where there is no entry,
  ///   and where it names several patients or one of another server
  Optional<String> of(String type, String id);

  /// Asks the tables of HAPI's search index: a search of its own reads and parses the entry, which
  /// the request that follows does once more.
  static EntryOwners in(DataSource store, PatientRecord record) {
    var jdbc = new JdbcTemplate(store);
    return (type, id) ->
        only(
            jdbc.query(
                """
                SELECT P.FHIR_ID FROM HFJ_RESOURCE E
                JOIN HFJ_RES_LINK L ON L.SRC_RESOURCE_ID = E.RES_ID
                LEFT JOIN HFJ_RESOURCE P ON P.RES_ID = L.TARGET_RESOURCE_ID AND P.RES_TYPE = 'Patient'
                WHERE E.RES_TYPE = ? AND E.FHIR_ID = ? AND E.RES_DELETED_AT IS NULL AND L.SRC_PATH = ?
                """,
                (row, _) -> row.getString(1),
                type,
                id,
                record.ownerPath(type)));
  }

  /// @param owners null for one that is on another server
  private static Optional<String> only(List<String> owners) {
    return owners.stream().distinct().count() == 1
        ? Optional.ofNullable(owners.getFirst())
        : Optional.empty();
  }
}
