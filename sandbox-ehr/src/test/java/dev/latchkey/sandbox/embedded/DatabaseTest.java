package dev.latchkey.sandbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.secret.SecretHash;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/// The database file: what survives, what is refused, and what is cleaned away.
class DatabaseTest {
  private static final Instant NOW = Instant.parse("2026-03-12T19:03:58Z");

  @TempDir private Path folder;

  @Test
  void stateOutlivesARestart() throws SQLException {
    try (var database = open()) {
      JdbcStores.over(database).users().put(TestUsers.ben());
      JdbcStores.over(database).clients().put(TestClients.webApp());
    }
    try (var database = open()) {
      assertThat(JdbcStores.over(database).users().find("ben")).contains(TestUsers.ben());
      assertThat(JdbcStores.over(database).clients().find(TestClients.WEB))
          .contains(TestClients.webApp());
    }
    assertThat(folder.resolve("latchkey.mv.db")).isRegularFile();
  }

  @Test
  void theTokenKeyOfAnOlderStoreGoesOn() throws SQLException {
    try (var database = open()) {
      database.sql().sql("ALTER TABLE wrapped_token_key DROP COLUMN usable_from").update();
      database.sql().sql("ALTER TABLE wrapped_token_key DROP COLUMN retired_at").update();
      database
          .sql()
          .sql("INSERT INTO wrapped_token_key (key_id, wrapped) VALUES (1, X'0102')")
          .update();
    }
    for (int start = 0; start < 2; start++) {
      try (var database = open()) {
        assertThat(JdbcStores.over(database).tokenKeys().all())
            .singleElement()
            .satisfies(
                key -> {
                  assertThat(key.wrapped()).containsExactly(1, 2);
                  assertThat(key.isUsable(NOW.getEpochSecond())).isTrue();
                });
      }
    }
  }

  @Test
  void aDatabaseOfANewerVersionIsLeftAlone() throws SQLException {
    try (var database = open()) {
      database.sql().sql("INSERT INTO store_version (version) VALUES (99)").update();
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(SQLException.class)
        .hasMessage("it was written by a newer version of Latchkey");
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAlone() throws Exception {
    var file = Files.writeString(folder.resolve("latchkey.mv.db"), "nonsense".repeat(2000));
    assertThatThrownBy(this::open).isInstanceOf(SQLException.class);
    assertThat(Files.readString(file)).isEqualTo("nonsense".repeat(2000));
  }

  @Test
  void aClosedDatabaseIsUnavailableAndNoFault() throws SQLException {
    var database = open();
    var stores = JdbcStores.over(database);
    database.close();
    assertThatThrownBy(() -> stores.clients().find(new ClientId("app")))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> stores.users().find("ana")).isInstanceOf(Unavailable.class);
  }

  @Test
  void cleaningTakesWhatIsOverAndNothingElse() throws SQLException {
    try (var database = open()) {
      var stores = JdbcStores.over(database);
      var over = session("over", NOW.minusSeconds(1));
      var live = session("live", NOW.plusSeconds(1));
      stores.sessions().open(over);
      stores.sessions().open(live);
      stores.throttle().attempt("long ago", NOW.minusSeconds(7200));
      stores.throttle().attempt("just now", NOW.minusSeconds(60));

      new Cleaning(database, () -> NOW).clean();

      assertThat(rows(database, "browser_session")).isEqualTo(1);
      assertThat(stores.sessions().find(live.handle(), NOW)).contains(live);
      assertThat(rows(database, "sign_in_attempts")).isEqualTo(1);
    }
  }

  @Test
  void anAppThatNobodyUsedInTimeIsForgotten() throws SQLException {
    try (var database = open()) {
      var clients = JdbcStores.over(database).clients();
      var over = endingAt("app-over", NOW.minusSeconds(1));
      var unused = endingAt("app-unused", NOW.plusSeconds(1));
      var used = endingAt("app-used", NOW.minusSeconds(1));
      clients.put(over);
      clients.put(unused);
      clients.put(used);
      clients.put(TestClients.webApp());
      assertThat(clients.replace(used, kept(used))).isTrue();

      new Cleaning(database, () -> NOW).clean();

      assertThat(clients.find(over.id())).isEmpty();
      assertThat(clients.find(unused.id())).contains(unused);
      assertThat(clients.find(used.id())).contains(kept(used));
      assertThat(clients.find(TestClients.WEB)).contains(TestClients.webApp());
    }
  }

  private static Client endingAt(String id, Instant end) {
    var app = TestClients.as(new ClientId(id), TestClients.nativeApp());
    return app.with(app.registration().expiringAt(end.getEpochSecond()));
  }

  /// After a patient's first yes.
  private static Client kept(Client app) {
    return app.with(app.registration().expiringAt(Lifetimes.END_OF_TIME));
  }

  @Test
  void postgresIsSharedWithTheFhirStoreAndAnythingElseIsAFileBeside() {
    var settings =
        new SandboxSettings(
            URI.create("http://localhost:8080"), folder, false, false, RegistrationMode.OPEN);
    assertThat(address(settings, Map.of()).url())
        .startsWith("jdbc:h2:file:" + folder.resolve("latchkey"));
    assertThat(address(settings, Map.of("spring.datasource.url", "jdbc:h2:mem:fhir")).url())
        .startsWith("jdbc:h2:file:" + folder.resolve("latchkey"));
    var postgres =
        address(
            settings,
            Map.of(
                "spring.datasource.url", "jdbc:postgresql://db/latchkey?password=hunter2",
                "spring.datasource.username", "latchkey"));
    assertThat(postgres.username()).isEqualTo("latchkey");
    assertThat(postgres).hasToString("jdbc:postgresql://db/latchkey");
  }

  private Database open() throws SQLException {
    return Database.open(DatabaseAddress.h2("jdbc:h2:file:" + folder.resolve("latchkey")));
  }

  private static int rows(Database database, String table) {
    return database.sql().sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
  }

  private static Session session(String name, Instant end) {
    return new Session(
        SecretHash.of(name),
        "ana",
        NOW.getEpochSecond() - 60,
        end.getEpochSecond(),
        end.getEpochSecond(),
        Assurance.UNSAID);
  }

  private static DatabaseAddress address(SandboxSettings settings, Map<String, Object> properties) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return DatabaseAddress.of(settings, environment);
  }
}
