package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage;
import dev.latchkey.family.FamilyPage.Cursor;
import dev.latchkey.family.Holding;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Refresh-token families: a row that each refresh rewrites, and a row that never changes.
final class JdbcFamilies implements Families {
  private static final SecretHash NO_HASH = new SecretHash("");

  private static final String HOLDINGS =
      """
      SELECT family.*, family_grant.subject, family_grant.fhir_user, family_grant.scopes,
        family_grant.patient, family_grant.launch_details, family_grant.authenticated_at, family_grant.created_at,
        family_grant.browser_session
      FROM family JOIN family_grant ON family_grant.family_id = family.family_id
      """;

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

  @Override
  public Advance advance(Presented presented, Successor successor, long now) {
    return written(presented.family(), () -> move(presented, successor, now));
  }

  @Override
  public Advance renew(Presented presented, long idleExpiresAt, long now) {
    return written(presented.family(), () -> move(presented, idleExpiresAt, now));
  }

  @Override
  public Advance noteRetry(FamilyId id, int generation, int retryStreak, int retries) {
    return written(id, () -> note(id, generation, retryStreak, retries));
  }

  /// The update and the read after it are one transaction: the row stays locked between them, so a
  /// success returns what this call wrote and not what the next one made of it.
  private Advance written(FamilyId id, BooleanSupplier update) {
    return database.atomically(
        () -> {
          var applied = update.getAsBoolean();
          var family = find(id);
          return applied ? new Advance.Advanced(family.orElseThrow()) : new Advance.Refused(family);
        });
  }

  private boolean note(FamilyId id, int generation, int retryStreak, int retries) {
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
        .query((row, number) -> FamilyRows.family(row))
        .optional();
  }

  @Override
  public Optional<Holding> holding(FamilyId id) {
    return sql.sql(HOLDINGS + "WHERE family.family_id = :family")
        .param("family", id.value())
        .query((row, number) -> FamilyRows.holding(row))
        .optional();
  }

  @Override
  public FamilyPage ofSubject(
      String subject, Optional<ClientId> app, Optional<Cursor> after, int limit) {
    var found =
        sql.sql(
                HOLDINGS
                    + """
                    WHERE family_grant.subject = :subject AND family.family_state = 'ACTIVE'
                      AND (:app = '' OR family_grant.client_id = :app)
                      AND (family_grant.client_id > :client
                        OR (family_grant.client_id = :client AND family.family_id > :family))
                    ORDER BY family_grant.client_id, family.family_id
                    LIMIT :limit
                    """)
            .param("subject", subject)
            .param("app", app.map(ClientId::value).orElse(""))
            .param("client", after.map(cursor -> cursor.client().value()).orElse(""))
            .param("family", after.map(cursor -> cursor.family().value()).orElse(""))
            .param("limit", limit + 1)
            .query((row, number) -> FamilyRows.holding(row))
            .list();
    var page = found.subList(0, Math.min(limit, found.size()));
    return new FamilyPage(
        page, found.size() > limit ? Optional.of(Cursor.at(page.getLast())) : Optional.empty());
  }

  private boolean move(Presented presented, Successor successor, long now) {
    var key = presented.key();
    return sql.sql(
                """
                UPDATE family SET generation = generation + 1, previous_hash = current_hash,
                  current_hash = :next, key_id = :key, rotated_at = :now,
                  idle_expires_at = :idleExpiresAt, request_id = :request
                WHERE family_id = :family AND family_state = 'ACTIVE'
                  AND generation = :generation AND current_hash = :hash AND client_id = :client
                  AND COALESCE(dpop_jkt, '') = :heldKey
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
            .param("heldKey", key == null ? "" : key.value())
            .param("now", now)
            .update()
        == 1;
  }

  /// What must hold is the same as for a rotation.
  private boolean move(Presented presented, long idleExpiresAt, long now) {
    var key = presented.key();
    return sql.sql(
                """
                UPDATE family SET rotated_at = :now, idle_expires_at = :idleExpiresAt
                WHERE family_id = :family AND family_state = 'ACTIVE'
                  AND generation = :generation AND current_hash = :hash AND client_id = :client
                  AND COALESCE(dpop_jkt, '') = :heldKey
                  AND idle_expires_at > :now AND absolute_expires_at > :now
                """)
            .param("idleExpiresAt", idleExpiresAt)
            .param("family", presented.family().value())
            .param("generation", presented.generation())
            .param("hash", presented.hash().value())
            .param("client", presented.client().value())
            .param("heldKey", key == null ? "" : key.value())
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
                  retried_generation, retry_streak, retries, dpop_jkt, revoked_because, keep_until)
                VALUES (:family, :client, :state, :generation, :currentHash, :previousHash, :key,
                  :rotatedAt, :idleExpiresAt, :absoluteExpiresAt, :request, :retriedGeneration,
                  :retryStreak, :retries, :heldKey, :reason, :keepUntil)
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
            .param("heldKey", Rows.text(family.key()))
            .param("reason", reason)
            .param("keepUntil", keepUntil)
            .update()
        == 1;
  }

  private void insert(FamilyGrant grant) {
    var session = grant.session();
    sql.sql(
            """
            INSERT INTO family_grant (family_id, client_id, subject, fhir_user, scopes, patient, launch_details,
              authenticated_at, created_at, browser_session)
            VALUES (:family, :client, :subject, :fhirUser, :scopes, :patient, :details, :authenticatedAt,
              :createdAt, :session)
            """)
        .param("family", grant.id().value())
        .param("client", grant.client().value())
        .param("subject", grant.subject())
        .param("fhirUser", grant.fhirUser())
        .param("scopes", grant.scopes().spelled())
        .param("patient", grant.launch().patient())
        .param("details", Rows.details(grant.launch()))
        .param("authenticatedAt", grant.authenticatedAt())
        .param("createdAt", grant.createdAt())
        .param("session", session == null ? null : session.value())
        .update();
  }

  /// Holds the place of a family that must never come to life.
  private static Family tombstone(FamilyId id) {
    return new Family(
        id,
        new ClientId(""),
        Family.State.REVOKED,
        0,
        NO_HASH,
        null,
        0,
        0,
        0,
        0,
        "",
        -1,
        0,
        0,
        null);
  }
}
