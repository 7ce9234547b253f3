package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Refresh-token families: a row that each refresh rewrites, and a row that never changes.
final class JdbcFamilies implements Families {
  private static final SecretHash NO_HASH = new SecretHash("");

  private final Database database;
  private final JdbcClient sql;

  JdbcFamilies(Database database) {
    this.database = database;
    this.sql = database.sql();
  }

  @Override
  public boolean create(Family family, FamilyGrant grant) {
    return database.atomically(
        () -> {
          if (!insert(family, null, 0)) {
            return false;
          }
          insert(grant);
          return true;
        });
  }

  /// The update and the read after it are one transaction: the row stays locked between them, so a
  /// success returns what this call wrote and not what the next one made of it.
  @Override
  public Advance advance(Presented presented, Successor successor, long now) {
    return database.atomically(
        () -> {
          var moved = move(presented, successor, now);
          var family = find(presented.family());
          return moved ? new Advance.Advanced(family.orElseThrow()) : new Advance.Refused(family);
        });
  }

  @Override
  public boolean noteRetry(FamilyId id, int generation, int retryStreak, int retries) {
    return sql.sql(
                """
                UPDATE family SET retried_generation = :generation, retry_streak = :streak,
                  retries = :retries
                WHERE family_id = :family AND family_state = 'ACTIVE'
                  AND generation = :generation + 1
                """)
            .param("generation", generation)
            .param("streak", retryStreak)
            .param("retries", retries)
            .param("family", id.value())
            .update()
        == 1;
  }

  @Override
  public void revoke(FamilyId id, String reason, long keepUntil) {
    // When a creation comes between the two, the second update revokes what it made.
    if (!markRevoked(id, reason, keepUntil) && !insert(tombstone(id), reason, keepUntil)) {
      markRevoked(id, reason, keepUntil);
    }
  }

  @Override
  public Optional<Family> find(FamilyId id) {
    return sql.sql("SELECT * FROM family WHERE family_id = :family")
        .param("family", id.value())
        .query((row, number) -> family(row))
        .optional();
  }

  @Override
  public Optional<FamilyGrant> grant(FamilyId id) {
    return sql.sql("SELECT * FROM family_grant WHERE family_id = :family")
        .param("family", id.value())
        .query((row, number) -> grant(row))
        .optional();
  }

  private boolean move(Presented presented, Successor successor, long now) {
    return sql.sql(
                """
                UPDATE family SET generation = generation + 1, previous_hash = current_hash,
                  current_hash = :next, key_id = :key, rotated_at = :now,
                  idle_expires_at = :idleExpiresAt, request_id = :request
                WHERE family_id = :family AND family_state = 'ACTIVE'
                  AND generation = :generation AND current_hash = :hash AND client_id = :client
                  AND idle_expires_at > :now AND absolute_expires_at > :now
                """)
            .param("next", successor.hash().value())
            .param("key", successor.keyId())
            .param("idleExpiresAt", successor.idleExpiresAt())
            .param("request", successor.requestId())
            .param("family", presented.family().value())
            .param("generation", presented.generation())
            .param("hash", presented.hash().value())
            .param("client", presented.client().value())
            .param("now", now)
            .update()
        == 1;
  }

  private boolean markRevoked(FamilyId id, String reason, long keepUntil) {
    return sql.sql(
                """
                UPDATE family SET family_state = 'REVOKED',
                  revoked_because = COALESCE(revoked_because, :reason), keep_until = :keepUntil
                WHERE family_id = :family
                """)
            .param("reason", reason)
            .param("keepUntil", keepUntil)
            .param("family", id.value())
            .update()
        == 1;
  }

  private boolean insert(Family family, @Nullable String reason, long keepUntil) {
    return sql.sql(
                """
                INSERT INTO family (family_id, client_id, family_state, generation, current_hash,
                  previous_hash, key_id, rotated_at, idle_expires_at, absolute_expires_at, request_id,
                  retried_generation, retry_streak, retries, revoked_because, keep_until)
                VALUES (:family, :client, :state, :generation, :currentHash, :previousHash, :key,
                  :rotatedAt, :idleExpiresAt, :absoluteExpiresAt, :request, :retriedGeneration,
                  :retryStreak, :retries, :reason, :keepUntil)
                ON CONFLICT DO NOTHING
                """)
            .param("family", family.id().value())
            .param("client", family.client().value())
            .param("state", family.state().name())
            .param("generation", family.generation())
            .param("currentHash", family.currentHash().value())
            .param(
                "previousHash",
                family.previousHash() == null ? null : family.previousHash().value())
            .param("key", family.keyId())
            .param("rotatedAt", family.rotatedAt())
            .param("idleExpiresAt", family.idleExpiresAt())
            .param("absoluteExpiresAt", family.absoluteExpiresAt())
            .param("request", family.requestId())
            .param("retriedGeneration", family.retriedGeneration())
            .param("retryStreak", family.retryStreak())
            .param("retries", family.retries())
            .param("reason", reason)
            .param("keepUntil", keepUntil)
            .update()
        == 1;
  }

  private void insert(FamilyGrant grant) {
    sql.sql(
            """
            INSERT INTO family_grant (family_id, client_id, subject, fhir_user, scopes, patient,
              authenticated_at, created_at)
            VALUES (:family, :client, :subject, :fhirUser, :scopes, :patient, :authenticatedAt,
              :createdAt)
            """)
        .param("family", grant.id().value())
        .param("client", grant.client().value())
        .param("subject", grant.subject())
        .param("fhirUser", grant.fhirUser())
        .param("scopes", grant.scopes().spelled())
        .param("patient", grant.launch().patient())
        .param("authenticatedAt", grant.authenticatedAt())
        .param("createdAt", grant.createdAt())
        .update();
  }

  /// Holds the place of a family that must never come to life.
  private static Family tombstone(FamilyId id) {
    return new Family(
        id, new ClientId(""), Family.State.REVOKED, 0, NO_HASH, null, 0, 0, 0, 0, "", -1, 0, 0);
  }

  private static Family family(ResultSet row) throws SQLException {
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
        row.getInt("retries"));
  }

  private static FamilyGrant grant(ResultSet row) throws SQLException {
    return new FamilyGrant(
        new FamilyId(row.getString("family_id")),
        Rows.client(row),
        row.getString("subject"),
        row.getString("fhir_user"),
        Rows.scopes(row),
        Rows.launch(row),
        row.getLong("authenticated_at"),
        row.getLong("created_at"));
  }
}
