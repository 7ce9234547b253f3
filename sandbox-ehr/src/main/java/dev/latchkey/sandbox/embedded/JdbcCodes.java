package dev.latchkey.sandbox.embedded;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.authorize.Codes;
import dev.latchkey.family.FamilyId;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Authorization codes, one row each. Who redeemed it is what makes a code used.
final class JdbcCodes implements Codes {
  private final JdbcClient sql;

  JdbcCodes(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void issue(SecretHash code, CodeBinding binding) {
    sql.sql(
            """
            INSERT INTO authorization_code (code_hash, client_id, redirect_uri, code_challenge, nonce,
              dpop_jkt, scopes, patient, launch_details, subject, fhir_user, authenticated_at, browser_session,
              session_ends_at, family_id, expires_at, access_ends_at, assurance)
            VALUES (:code, :client, :redirectUri, :challenge, :nonce, :key, :scopes, :patient, :details,
              :subject, :fhirUser, :authenticatedAt, :session, :sessionEndsAt, :family, :expiresAt,
              :accessEndsAt, :assurance)
            """)
        .param("code", code.value())
        .param("client", binding.client().value())
        .param("redirectUri", binding.redirectUri())
        .param("challenge", binding.codeChallenge())
        .param("nonce", Rows.escaped(binding.nonce()))
        .param("key", Rows.text(binding.key()))
        .param("scopes", binding.scopes().spelled())
        .param("patient", binding.launch().patient())
        .param("details", Rows.details(binding.launch()))
        .param("subject", binding.subject())
        .param("fhirUser", binding.fhirUser())
        .param("authenticatedAt", binding.authenticatedAt())
        .param("session", binding.session().value())
        .param("sessionEndsAt", binding.sessionEndsAt())
        .param("family", binding.family().value())
        .param("expiresAt", binding.expiresAt())
        .param("accessEndsAt", binding.accessEndsAt())
        .param("assurance", binding.assurance().written())
        .update();
  }

  @Override
  public Optional<CodeBinding> find(SecretHash code) {
    return sql.sql("SELECT * FROM authorization_code WHERE code_hash = :code")
        .param("code", code.value())
        .query((row, number) -> binding(row))
        .optional();
  }

  @Override
  public Redemption redeem(SecretHash code, String requestId, Instant now) {
    var won =
        sql.sql(
                """
                UPDATE authorization_code SET redeemed_by = :request
                WHERE code_hash = :code AND redeemed_by IS NULL AND expires_at > :now
                """)
            .param("request", requestId)
            .param("code", code.value())
            .param("now", now.getEpochSecond())
            .update();
    return won == 1
        ? Redemption.REDEEMED
        : redeemedBy(code)
            .map(winner -> winner.equals(requestId) ? Redemption.REDEEMED : Redemption.REPLAYED)
            .orElse(Redemption.UNKNOWN);
  }

  private Optional<String> redeemedBy(SecretHash code) {
    return sql.sql(
            """
            SELECT redeemed_by FROM authorization_code
            WHERE code_hash = :code AND redeemed_by IS NOT NULL
            """)
        .param("code", code.value())
        .query(String.class)
        .optional();
  }

  private static CodeBinding binding(ResultSet row) throws SQLException {
    return new CodeBinding(
        Rows.client(row),
        row.getString("redirect_uri"),
        row.getString("code_challenge"),
        Rows.unescaped(row, "nonce"),
        Rows.key(row),
        Rows.scopes(row),
        Rows.launch(row),
        row.getString("subject"),
        row.getString("fhir_user"),
        row.getLong("authenticated_at"),
        Rows.hash(row, "browser_session"),
        row.getLong("session_ends_at"),
        new FamilyId(row.getString("family_id")),
        row.getLong("expires_at"),
        row.getLong("access_ends_at"),
        Assurance.read(Rows.text(row, "assurance")));
  }
}
