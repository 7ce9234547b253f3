package dev.latchkey.sandbox.embedded;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Json;
import dev.latchkey.launch.Launch;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Pending authorizations, one row each.
final class JdbcTransactions implements Transactions {
  private final JdbcClient sql;

  JdbcTransactions(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void begin(Transaction transaction) {
    var request = transaction.request();
    var statement =
        sql.sql(
                """
                INSERT INTO pending_authorization (handle, client_id, redirect_uri, scopes,
                  client_state, code_challenge, nonce, login_hint, ui_locales,
                  sign_in_not_before, ask_again, no_page, expected_subject, dpop_jkt, browser, username,
                  subject, authenticated_at, session_ends_at, assurance, patient, encounter, ehr_launch,
                  expires_at, decided)
                VALUES (:handle, :client, :redirectUri, :scopes, :state, :challenge, :nonce,
                  :loginHint, :uiLocales, :notBefore, :askAgain, :noPage, :expected, :key, :browser,
                  :username, :subject, :authenticatedAt, :sessionEndsAt, :assurance, :patient, :encounter,
                  :launch, :expiresAt, FALSE)
                """)
            .param("handle", transaction.handle().value())
            .param("client", request.client().value())
            .param("redirectUri", request.redirectUri())
            .param("scopes", request.scopes().spelled())
            .param("state", Rows.escaped(request.state()))
            .param("challenge", request.codeChallenge())
            .param("nonce", Rows.escaped(request.nonce()))
            .param("loginHint", Rows.escaped(request.wishes().loginHint()))
            .param("uiLocales", Rows.escaped(request.wishes().uiLocales()))
            .param("notBefore", request.wishes().notBefore())
            .param("askAgain", request.wishes().askAgain())
            .param("noPage", request.wishes().noPage())
            .param("expected", Rows.escaped(request.wishes().subject()))
            .param("key", Rows.text(request.key()))
            .param(
                "launch",
                transaction.ehrLaunch().map(launch -> Json.write(launch.document())).orElse(null))
            .param("expiresAt", transaction.expiresAt());
    withUser(statement, transaction).update();
  }

  @Override
  public Optional<Transaction> find(SecretHash handle, Instant now) {
    return sql.sql(
            """
            SELECT * FROM pending_authorization
            WHERE handle = :handle AND NOT decided AND expires_at > :now
            """)
        .param("handle", handle.value())
        .param("now", now.getEpochSecond())
        .query((row, number) -> transaction(row))
        .optional();
  }

  @Override
  public boolean update(Transaction changed, SecretHash previousBrowser, Instant now) {
    var statement =
        sql.sql(
                """
                UPDATE pending_authorization SET browser = :browser, username = :username,
                  subject = :subject, authenticated_at = :authenticatedAt,
                  session_ends_at = :sessionEndsAt, assurance = :assurance, patient = :patient,
                  encounter = :encounter
                WHERE handle = :handle AND NOT decided AND expires_at > :now
                  AND browser = :previousBrowser
                """)
            .param("handle", changed.handle().value())
            .param("now", now.getEpochSecond())
            .param("previousBrowser", previousBrowser.value());
    return withUser(statement, changed).update() == 1;
  }

  @Override
  public boolean decide(SecretHash handle, Instant now) {
    return sql.sql(
                """
                UPDATE pending_authorization SET decided = TRUE
                WHERE handle = :handle AND NOT decided AND expires_at > :now
                """)
            .param("handle", handle.value())
            .param("now", now.getEpochSecond())
            .update()
        == 1;
  }

  private static JdbcClient.StatementSpec withUser(
      JdbcClient.StatementSpec statement, Transaction transaction) {
    var user = transaction.signedInUser();
    return statement
        .param("browser", transaction.browser().value())
        .param("username", user.map(SignedInUser::username).orElse(null))
        .param("subject", user.map(SignedInUser::subject).orElse(null))
        .param("authenticatedAt", user.map(SignedInUser::authenticatedAt).orElse(null))
        .param("sessionEndsAt", user.map(SignedInUser::sessionEndsAt).orElse(null))
        .param("assurance", user.map(who -> who.assurance().written()).orElse(null))
        .param("patient", transaction.patient())
        .param("encounter", transaction.encounter());
  }

  private static Transaction transaction(ResultSet row) throws SQLException {
    return new Transaction(
        Rows.hash(row, "handle"),
        new AuthorizationRequest(
            Rows.client(row),
            row.getString("redirect_uri"),
            Rows.scopes(row),
            Objects.requireNonNull(Rows.unescaped(row, "client_state")),
            row.getString("code_challenge"),
            Rows.unescaped(row, "nonce"),
            new SignInWishes(
                Rows.unescaped(row, "login_hint"),
                Rows.unescaped(row, "ui_locales"),
                row.getLong("sign_in_not_before"),
                row.getBoolean("ask_again"),
                row.getBoolean("no_page"),
                Rows.unescaped(row, "expected_subject")),
            Rows.key(row)),
        Rows.hash(row, "browser"),
        user(row),
        Rows.text(row, "patient"),
        Rows.text(row, "encounter"),
        Optional.ofNullable(Rows.text(row, "ehr_launch"))
            .map(Json::readObject)
            .map(Launch::of)
            .orElse(null),
        row.getLong("expires_at"));
  }

  private static @Nullable SignedInUser user(ResultSet row) throws SQLException {
    var username = Rows.text(row, "username");
    return username == null
        ? null
        : new SignedInUser(
            username,
            row.getString("subject"),
            row.getLong("authenticated_at"),
            row.getLong("session_ends_at"),
            Assurance.read(Rows.text(row, "assurance")));
  }
}
