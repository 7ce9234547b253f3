package dev.latchkey.sandbox.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.latchkey.contract.FreePort;
import dev.latchkey.family.FamilyId;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.DataFolder;
import dev.latchkey.sandbox.LoadedStore;
import dev.latchkey.sandbox.SandboxProcess;
import dev.latchkey.sandbox.flow.SmartApp.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sandbox is killed in the middle of a storm of refreshes, again and again. What it answered
/// before it died is so afterwards: no app loses its access, and nothing that was used works again.
@BesideOthers
class CrashTest {
  private static final int FAMILIES = 12;
  private static final int KILLS = Boolean.getBoolean("latchkey.soak") ? 5 : 2;
  private static final int REFRESHES_BEFORE_A_KILL = 5;
  private static final int SECONDS_TO_WAIT = 120;
  private static final String SCOPE = "openid launch/patient offline_access patient/Patient.rs";

  @TempDir private Path folder;

  private final List<Holder> holders = new ArrayList<>();
  private final List<UsedCode> codes = new ArrayList<>();

  /// One app's grant: every refresh token that was answered, oldest first. The app authenticates,
  /// so it may ask again however long a restart takes.
  private record Holder(List<RefreshToken> answered) {
    RefreshToken newest() {
      return answered.getLast();
    }

    int generation() {
      return answered.size() - 1;
    }

    FamilyId family() {
      var bytes = Base64.getUrlDecoder().decode(newest().getValue().substring("rt1_".length()));
      return FamilyId.of(Arrays.copyOfRange(bytes, 1, 1 + FamilyId.BYTES));
    }

    void refresh(SmartApp app) {
      answered.add(app.refreshed(newest()).getOIDCTokens().getRefreshToken());
    }

    /// Until the server is gone. The last request then has no answer.
    ///
    /// @param stormy counted down once this app has refreshed often enough
    void storm(SmartApp app, CountDownLatch stormy) {
      try {
        for (int refreshes = 1; ; refreshes++) {
          refresh(app);
          if (refreshes == REFRESHES_BEFORE_A_KILL) {
            stormy.countDown();
          }
        }
      } catch (UncheckedIOException gone) {
        assertThat(generation()).isPositive();
      }
    }
  }

  private record UsedCode(Started started, AuthorizationCode code) {}

  @Test
  void whatWasAnsweredBeforeACrashIsSoAfterwards() throws Exception {
    LoadedStore.copyTo(folder);
    var port = FreePort.find();
    for (int kill = 0; kill < KILLS; kill++) {
      try (var sandbox = start(port)) {
        var app = app(port);
        everybodyGoesOn(app);
        while (holders.size() < FAMILIES) {
          connect(app);
        }
        stormUntilKilled(sandbox, app);
      }
      everyFamilyIsAtTheAnsweredGenerationOrTheNext();
    }
    try (var _ = start(port)) {
      var app = app(port);
      everybodyGoesOn(app);
      everybodyGoesOn(app);
      nothingThatWasUsedWorks(app);
    }
  }

  private void stormUntilKilled(SandboxProcess sandbox, SmartApp app) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stormy = new CountDownLatch(holders.size());
      var storms =
          List.copyOf(holders).stream()
              .map(holder -> threads.submit(() -> holder.storm(app, stormy)))
              .toList();
      assertThat(stormy.await(SECONDS_TO_WAIT, SECONDS)).as("every app refreshes").isTrue();
      connect(app);
      sandbox.kill();
      for (var storm : storms) {
        storm.get();
      }
    }
  }

  /// The request in flight was written or not: asking again gives the same successor either way.
  private void everybodyGoesOn(SmartApp app) {
    holders.forEach(holder -> holder.refresh(app));
  }

  private void everyFamilyIsAtTheAnsweredGenerationOrTheNext() throws SQLException {
    var stored = generations();
    for (var holder : holders) {
      assertThat(stored.get(holder.family()))
          .as("generation of %s", holder.family())
          .isBetween(holder.generation(), holder.generation() + 1);
    }
  }

  /// Each family is asked with a token of another age, since the first used one ends it.
  private void nothingThatWasUsedWorks(SmartApp app) {
    for (var code : codes) {
      SandboxFlow.assertRefused(app.exchange(code.started(), code.code()), "invalid_grant");
    }
    for (int i = 0; i < holders.size(); i++) {
      var holder = holders.get(i);
      var spent = holder.answered().get((holder.generation() - 2) * i / holders.size());
      SandboxFlow.assertRefused(app.refresh(spent), "invalid_grant");
      SandboxFlow.assertRefused(app.refresh(holder.newest()), "invalid_grant");
    }
  }

  private void connect(SmartApp app) {
    var started = app.start(SCOPE);
    var browser = new PatientBrowser(app.provider().getIssuer().getValue());
    var signIn = browser.open(started.uri().toString());
    var who = Map.of("username", "kendal", "password", "sandbox-kendal");
    var consent =
        signIn.isAt("/interaction/consent") ? signIn : browser.submit(signIn, who, _ -> true, "");
    var code = app.code(started, browser.submit(consent, Map.of(), _ -> true, "allow").uri());
    var first = app.exchanged(started, code).getOIDCTokens().getRefreshToken();
    codes.add(new UsedCode(started, code));
    holders.add(new Holder(new ArrayList<>(List.of(first))));
  }

  private SandboxProcess start(int port) throws IOException, InterruptedException {
    var sandbox = SandboxProcess.start("--server.port=" + port, "--latchkey.data=" + folder);
    sandbox.await("Latchkey sandbox is ready");
    assertThat(sandbox.output()).as("nothing is loaded again").hasSize(1);
    return sandbox;
  }

  private static SmartApp app(int port) {
    var base = "http://localhost:" + port;
    return new SmartApp(
        SmartApp.discover(URI.create(base)),
        URI.create(base + "/fhir"),
        new ClientID("demo-web"),
        Optional.of(new Secret("sandbox-secret-not-for-production")),
        URI.create("http://localhost:9000/callback"));
  }

  private Map<FamilyId, Integer> generations() throws SQLException {
    var found = new HashMap<FamilyId, Integer>();
    try (var connection =
            DriverManager.getConnection(new DataFolder(folder).h2Url("latchkey"), "", "");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT family_id, generation FROM latchkey_authorization.family")) {
      while (rows.next()) {
        found.put(new FamilyId(rows.getString(1)), rows.getInt(2));
      }
    }
    return found;
  }
}
