package dev.latchkey.sandbox.embedded;

import dev.latchkey.family.Cutoffs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Cut-offs, one row each.
final class JdbcCutoffs implements Cutoffs {
  private final JdbcClient sql;

  JdbcCutoffs(Database database) {
    this.sql = database.sql();
  }

  /// How a holder stands in its row.
  private record Key(String kind, String holder) {
    static Key of(Of of) {
      return switch (of) {
        case Of.Subject(var subject) -> new Key("SUBJECT", subject);
        case Of.App(var subject, var client) -> new Key("APP", subject + "#" + client);
        case Of.Client(var client) -> new Key("CLIENT", client.value());
        case Of.Session(var handle) -> new Key("SESSION", handle.value());
        case Of.Token(var id) -> new Key("TOKEN", id);
      };
    }

    private Object[] row() {
      return new Object[] {kind, holder};
    }
  }

  @Override
  public void raise(Of of, long at, long keepUntil) {
    var key = Key.of(of);
    if (!insert(key, at, keepUntil)) {
      sql.sql(
              """
              UPDATE cutoff SET cut_at = :at, keep_until = :keepUntil
              WHERE holder_kind = :kind AND holder = :holder AND cut_at < :at
              """)
          .param("at", at)
          .param("keepUntil", keepUntil)
          .param("kind", key.kind())
          .param("holder", key.holder())
          .update();
    }
  }

  private boolean insert(Key key, long at, long keepUntil) {
    return sql.sql(
                """
                INSERT INTO cutoff (holder_kind, holder, cut_at, keep_until)
                VALUES (:kind, :holder, :at, :keepUntil)
                ON CONFLICT DO NOTHING
                """)
            .param("kind", key.kind())
            .param("holder", key.holder())
            .param("at", at)
            .param("keepUntil", keepUntil)
            .update()
        == 1;
  }

  @Override
  public Map<Of, Long> find(Collection<? extends Of> of) {
    var asked = new HashMap<Key, Of>();
    of.forEach(one -> asked.put(Key.of(one), one));
    var found = new HashMap<Of, Long>();
    if (!asked.isEmpty()) {
      sql.sql(
              """
              SELECT holder_kind, holder, cut_at FROM cutoff
              WHERE (holder_kind, holder) IN (:keys)
              """)
          .param("keys", asked.keySet().stream().map(Key::row).toList())
          .query(
              row -> {
                var key = new Key(row.getString("holder_kind"), row.getString("holder"));
                found.put(Objects.requireNonNull(asked.get(key)), row.getLong("cut_at"));
              });
    }
    return found;
  }
}
