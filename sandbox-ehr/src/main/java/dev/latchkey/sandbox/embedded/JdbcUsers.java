package dev.latchkey.sandbox.embedded;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.account.UserDirectory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The people who can sign in, one row each, and one row for each patient that they may act for.
final class JdbcUsers implements UserDirectory {
  private final Database database;
  private final JdbcClient sql;

  JdbcUsers(Database database) {
    this.database = database;
    this.sql = database.sql();
  }

  @Override
  public Optional<User> find(String username) {
    if (!Rows.canHold(username)) {
      return Optional.empty();
    }
    return database.atomically(
        () ->
            sql.sql("SELECT * FROM account WHERE username = :username")
                .param("username", username)
                .query((row, number) -> user(row))
                .optional());
  }

  @Override
  public Optional<User> ofSubject(String subject) {
    return database.atomically(
        () ->
            sql.sql("SELECT * FROM account WHERE subject = :subject")
                .param("subject", subject)
                .query((row, number) -> user(row))
                .optional());
  }

  @Override
  public void put(User user) {
    var _ = database.atomically(() -> replace(user));
  }

  private User replace(User user) {
    var columns = columns(user);
    if (update(columns) == 0 && insert(columns) == 0) {
      update(columns);
    }
    sql.sql("DELETE FROM patient_access WHERE username = :username").params(columns).update();
    for (int i = 0; i < user.patients().size(); i++) {
      insert(user.username(), i, user.patients().get(i));
    }
    return user;
  }

  private int update(Map<String, String> columns) {
    return sql.sql(
            """
            UPDATE account SET subject = :subject, name = :name, password_hash = :password,
              fhir_user = :fhirUser
            WHERE username = :username
            """)
        .params(columns)
        .update();
  }

  private int insert(Map<String, String> columns) {
    return sql.sql(
            """
            INSERT INTO account (username, subject, name, password_hash, fhir_user)
            VALUES (:username, :subject, :name, :password, :fhirUser)
            ON CONFLICT DO NOTHING
            """)
        .params(columns)
        .update();
  }

  private void insert(String username, int position, PatientAccess patient) {
    sql.sql(
            """
            INSERT INTO patient_access (username, position_in_list, patient_id, name, birth_date,
              relationship)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(
            username,
            position,
            patient.id(),
            patient.name(),
            patient.birthDate(),
            patient.relationship())
        .update();
  }

  private List<PatientAccess> patients(String username) {
    return sql.sql(
            """
            SELECT * FROM patient_access WHERE username = :username ORDER BY position_in_list
            """)
        .param("username", username)
        .query((row, number) -> patient(row))
        .list();
  }

  private static Map<String, String> columns(User user) {
    return Map.of(
        "username", user.username(),
        "subject", user.subject(),
        "name", user.name(),
        "password", user.passwordHash(),
        "fhirUser", user.fhirUser());
  }

  private User user(ResultSet row) throws SQLException {
    var username = row.getString("username");
    return new User(
        username,
        row.getString("subject"),
        row.getString("name"),
        row.getString("password_hash"),
        row.getString("fhir_user"),
        patients(username));
  }

  private static PatientAccess patient(ResultSet row) throws SQLException {
    return new PatientAccess(
        row.getString("patient_id"),
        row.getString("name"),
        row.getString("birth_date"),
        row.getString("relationship"));
  }
}
