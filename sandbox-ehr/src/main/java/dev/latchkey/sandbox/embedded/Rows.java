package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.http.Json;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the values that several tables share are written in columns.
final class Rows {
  private static final Pattern ESCAPE = Pattern.compile("\\\\.");

  private Rows() {}

  /// Whether a text that a stranger sent can be in a column at all: PostgreSQL keeps no NUL.
  static boolean canHold(String text) {
    return text.indexOf('\0') < 0;
  }

  /// A text that a stranger sent, in a form that every database keeps.
  static @Nullable String escaped(@Nullable String text) {
    return text == null ? null : text.replace("\\", "\\\\").replace("\0", "\\0");
  }

  /// Undoes [#escaped].
  static @Nullable String unescaped(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    if (text == null || text.indexOf('\\') < 0) {
      return text;
    }
    return ESCAPE.matcher(text).replaceAll(match -> match.group().equals("\\0") ? "\0" : "\\\\");
  }

  static ClientId client(ResultSet row) throws SQLException {
    return new ClientId(row.getString("client_id"));
  }

  static ScopeSet scopes(ResultSet row) throws SQLException {
    return ScopeSet.parse(row.getString("scopes"));
  }

  static LaunchContext launch(ResultSet row) throws SQLException {
    var details = text(row, "launch_details");
    return LaunchContext.of(
        text(row, "patient"), details == null ? Map.of() : Json.readObject(details));
  }

  /// What an EHR said of the launch beside the patient, for the column `launch_details`.
  static @Nullable String details(LaunchContext launch) {
    var details = launch.details();
    return details.isEmpty() ? null : Json.write(details);
  }

  static SecretHash hash(ResultSet row, String column) throws SQLException {
    return new SecretHash(row.getString(column));
  }

  /// The key that something is bound to, if to any.
  static @Nullable KeyThumbprint key(ResultSet row) throws SQLException {
    var thumbprint = row.getString("dpop_jkt");
    return thumbprint == null ? null : new KeyThumbprint(thumbprint);
  }

  static @Nullable String text(@Nullable KeyThumbprint key) {
    return key == null ? null : key.value();
  }

  static @Nullable String text(ResultSet row, String column) throws SQLException {
    return row.getString(column);
  }

  /// One entry per line.
  static String lines(Collection<String> entries) {
    return String.join("\n", entries);
  }

  static List<String> lines(ResultSet row, String column) throws SQLException {
    return row.getString(column).lines().toList();
  }
}
