package dev.latchkey.sandbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.account.Passwords;
import dev.latchkey.account.User;
import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.contents.Person;
import dev.latchkey.wiring.Wiring;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The demo apps and people, registered at each start.
class SeedingTest {
  private static final DemoApp WEB =
      new DemoApp(
          "demo-web",
          "Demo web app",
          "An app.",
          "web",
          List.of("client_secret_basic", "client_secret_post"),
          null,
          "sandbox-secret",
          List.of("http://localhost:9000/callback"),
          "http://localhost:9000/launch",
          List.of("http://localhost:9000/bye"),
          List.of("openid", "patient/*.rs"),
          null,
          null);

  private static final DemoApp SIGNING =
      new DemoApp(
          "demo-key",
          "Demo app with a key",
          "An app.",
          "web",
          List.of("private_key_jwt"),
          null,
          null,
          List.of("http://localhost:9000/callback"),
          "http://localhost:9000/launch",
          List.of("http://localhost:9000/bye"),
          List.of("openid", "patient/*.rs"),
          null,
          null);

  private Database database;
  private Wiring wiring;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open(DatabaseAddress.h2("jdbc:h2:mem:seeding;DB_CLOSE_DELAY=-1"));
    wiring = LocalWiring.start().wiring();
  }

  @AfterEach
  void close() {
    database.sql().sql("SHUTDOWN").update();
    database.close();
  }

  @Test
  void registersAppsAndPeople() {
    register(SeedMemory.none(), person("sandbox-ana", "yourself"));

    var app = wiring.stores().clients().find(new ClientId("demo-web")).orElseThrow();
    assertThat(app.applicationType()).isEqualTo(ApplicationType.WEB);
    assertThat(app.credentials().methods())
        .isEqualTo(
            Set.of(
                AuthenticationMethod.CLIENT_SECRET_BASIC, AuthenticationMethod.CLIENT_SECRET_POST));
    assertThat(app.credentials().secrets())
        .extracting(ClientSecret::hash)
        .containsExactly(wiring.secretHashing().hash("sandbox-secret"));
    assertThat(app.scopes().spelled()).isEqualTo("openid patient/*.rs");

    assertThat(Passwords.matches("sandbox-ana", Optional.of(ana().passwordHash()))).isTrue();
    assertThat(ana().patient("ana").orElseThrow().relationship()).isEqualTo("yourself");
    assertThat(ana().subject()).hasSize(22).doesNotContain("ana");
  }

  @Test
  void doingItAgainHashesNothing() {
    var memory = SeedMemory.in(database);
    register(memory, person("sandbox-ana", "yourself"));
    var before = ana();

    register(memory, person("sandbox-ana", "yourself"));

    assertThat(ana()).isEqualTo(before);
  }

  @Test
  void whoRemembersNothingComparesThePassword() {
    register(SeedMemory.none(), person("sandbox-ana", "yourself"));
    var before = ana();

    register(SeedMemory.none(), person("sandbox-ana", "yourself"));
    assertThat(ana()).isEqualTo(before);

    register(SeedMemory.none(), person("sandbox-other", "yourself"));
    assertThat(Passwords.matches("sandbox-other", Optional.of(ana().passwordHash()))).isTrue();
  }

  @Test
  void aChangedPersonIsReplacedAndKeepsTheSubject() {
    var memory = SeedMemory.in(database);
    register(memory, person("sandbox-ana", "yourself"));
    var before = ana();

    register(memory, person("sandbox-new", "your child"));

    assertThat(ana().subject()).isEqualTo(before.subject());
    assertThat(ana().patient("ana").orElseThrow().relationship()).isEqualTo("your child");
    assertThat(Passwords.matches("sandbox-new", Optional.of(ana().passwordHash()))).isTrue();
  }

  @Test
  void aPersonWhoIsGoneFromTheStoreComesBackWhateverIsRemembered() throws SQLException {
    var memory = SeedMemory.in(database);
    register(memory, person("sandbox-ana", "yourself"));
    wiring = LocalWiring.start().wiring();

    register(memory, person("sandbox-ana", "yourself"));

    assertThat(Passwords.matches("sandbox-ana", Optional.of(ana().passwordHash()))).isTrue();
  }

  @Test
  void anAppThatSignsHasAKeyOfItsOwnInEachSandbox() throws Exception {
    register(SeedMemory.none(), person("sandbox-ana", "yourself"));
    var listed = new DemoKeys(wiring.stores().wrappedKeys()).with(List.of(WEB, SIGNING));
    register(SeedMemory.none(), person("sandbox-ana", "yourself"));

    assertThat(listed.getFirst()).isEqualTo(WEB);
    var key = ECKey.parse(listed.getLast().privateKey());
    assertThat(key.isPrivate()).isTrue();
    var app = wiring.stores().clients().find(new ClientId("demo-key")).orElseThrow();
    assertThat(app.credentials())
        .isEqualTo(
            ClientCredentials.keys(
                ClientKeys.inline(new JWKSet(key.toPublicJWK()).toString(true))));
    assertThat(app.credentials().keys().jwks()).doesNotContain("\"d\"");
    var elsewhere = new DemoKeys(LocalWiring.start().wiring().stores().wrappedKeys());
    assertThat(elsewhere.with(List.of(SIGNING)).getFirst().privateKey())
        .isNotEqualTo(listed.getLast().privateKey());
  }

  private void register(SeedMemory memory, Person person) {
    new Seeding(wiring, memory, new DemoKeys(wiring.stores().wrappedKeys()))
        .register(List.of(WEB, SIGNING), List.of(person));
  }

  private User ana() {
    return wiring.stores().users().find("ana").orElseThrow();
  }

  private static Person person(String password, String relationship) {
    return new Person(
        "ana",
        password,
        "patient",
        "Ana Silva",
        "Patient/ana",
        List.of(new Person.PatientRecord("ana", "Ana Silva", "1984-02-29", relationship)));
  }
}
