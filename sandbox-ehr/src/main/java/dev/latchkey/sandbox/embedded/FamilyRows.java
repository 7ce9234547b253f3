package dev.latchkey.sandbox.embedded;

import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads families and grants from rows.
final class FamilyRows {
  private FamilyRows() {}

  static Holding holding(ResultSet row) throws SQLException {
    return new Holding(family(row), grant(row));
  }

  static Family family(ResultSet row) throws SQLException {
    var previous = Rows.text(row, "previous_hash");
    return new Family(
        new FamilyId(row.getString("family_id")),
        Rows.client(row),
        Family.State.valueOf(row.getString("family_state")),
        row.getInt("generation"),
        Rows.hash(row, "current_hash"),
        previous == null ? null : new SecretHash(previous),
        row.getInt("key_id"),
        row.getLong("rotated_at"),
        row.getLong("idle_expires_at"),
        row.getLong("absolute_expires_at"),
        row.getString("request_id"),
        row.getInt("retried_generation"),
        row.getInt("retry_streak"),
        row.getInt("retries"),
        Rows.key(row));
  }

  private static FamilyGrant grant(ResultSet row) throws SQLException {
    var session = Rows.text(row, "browser_session");
    return new FamilyGrant(
        new FamilyId(row.getString("family_id")),
        Rows.client(row),
        row.getString("subject"),
        row.getString("fhir_user"),
        Rows.scopes(row),
        Rows.launch(row),
        row.getLong("authenticated_at"),
        row.getLong("created_at"),
        session == null ? null : new SecretHash(session));
  }
}
