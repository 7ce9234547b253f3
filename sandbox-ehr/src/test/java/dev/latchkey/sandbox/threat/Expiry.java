package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// Lets time pass over each kind of item and shows that it is refused while it is still in its
/// table: DynamoDB deletes what is past its `ttl` days later.
final class Expiry {
  private static final Duration PUBLIC_IDLE = Duration.ofDays(30);
  private static final Duration CONFIDENTIAL_IDLE = Duration.ofDays(100);
  private static final Duration PUBLIC_END = Duration.ofDays(396);

  private final LocalWiring local;
  private final URI origin;
  private final AppClass kind;
  private final SmartApp app;
  private final Witness witness;

  Expiry(TimedSandbox sandbox, AppClass kind) {
    this.local = sandbox.local();
    this.origin = sandbox.running().baseUrl();
    this.kind = kind;
    this.app = kind.at(sandbox.running());
    this.witness = new Witness(sandbox.running());
  }

  void ofACode() {
    var started = app.start(Patient.OFFLINE);
    var code = new Patient(origin).code(app, started);
    pass(Duration.ofSeconds(60));
    Witness.isRefused(app.exchange(started, code), "invalid_grant");
  }

  void ofATransaction() {
    var patient = new Patient(origin);
    var consent = patient.signIn(patient.open(app.start(Patient.OFFLINE)));
    pass(Duration.ofMinutes(10));
    var refused = patient.allow(consent);
    assertThat(refused.status()).isBetween(400, 499);
    assertThat(refused.uri().toString()).startsWith(origin.toString()).doesNotContain("code=");
  }

  void ofASession() {
    var patient = new Patient(origin);
    patient.connect(app);
    assertThat(patient.open(app.start(Patient.OFFLINE)).isAt("/interaction/consent")).isTrue();
    pass(Duration.ofMinutes(15));
    assertThat(patient.open(app.start(Patient.OFFLINE)).isAt("/interaction/sign-in")).isTrue();
  }

  void ofAnAccessToken() {
    var tokens = new Patient(origin).connect(app);
    pass(Duration.ofSeconds(tokens.getAccessToken().getLifetime() - 1));
    witness.accepts(tokens.getAccessToken());
    pass(Duration.ofSeconds(1));
    witness.refuses(tokens.getAccessToken());
    witness.seesTheLifeOf(app, tokens.getRefreshToken());
  }

  void ofAnIdleFamily() {
    var idle = kind.isPublic() ? PUBLIC_IDLE : CONFIDENTIAL_IDLE;
    var tokens = new Patient(origin).connect(app);
    pass(idle.minusSeconds(1));
    tokens = app.refreshed(tokens.getRefreshToken()).getOIDCTokens();
    pass(idle);
    witness.seesTheEndOf(app, tokens);
  }

  /// The end of the browser session for `online_access`, and what was consented for
  /// `offline_access`, where that has an end.
  void ofAFamilyAtItsEnd() {
    outlive(Patient.ONLINE, Duration.ofHours(8), Duration.ofMinutes(14));
    if (kind.isPublic()) {
      outlive(Patient.OFFLINE, PUBLIC_END, PUBLIC_IDLE.minusDays(1));
    }
  }

  private void outlive(String scope, Duration life, Duration step) {
    var tokens = new Patient(origin).connect(app, scope);
    var left = life;
    while (left.compareTo(step) > 0) {
      tokens = refreshedAfter(step, tokens);
      left = left.minus(step);
    }
    tokens = refreshedAfter(left.minusSeconds(1), tokens);
    witness.accepts(tokens.getAccessToken());
    pass(Duration.ofSeconds(1));
    witness.seesTheEndOf(app, tokens);
  }

  private OIDCTokens refreshedAfter(Duration time, OIDCTokens tokens) {
    local.clock().advance(time);
    return app.refreshed(tokens.getRefreshToken()).getOIDCTokens();
  }

  /// Here the item itself refuses, for as long as it holds and no longer.
  void ofSignInAttempts() {
    var patient = new Patient(origin);
    var page = patient.open(app.start(Patient.OFFLINE));
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThat(patient.signIn(page, "a guess").status()).isEqualTo(403);
    }
    assertThat(patient.signIn(page).status()).isEqualTo(429);
    pass(Duration.ofHours(1));
    var later = patient.open(app.start(Patient.OFFLINE));
    for (int attempt = 0; attempt < 4; attempt++) {
      assertThat(patient.signIn(later, "a guess").status()).isEqualTo(403);
    }
    assertThat(patient.signIn(later).isAt("/interaction/consent")).isTrue();
  }

  private void pass(Duration time) {
    var before = items();
    local.clock().advance(time);
    assertThat(items()).as("nothing was cleaned away meanwhile").containsAll(before);
  }

  private Set<String> items() {
    var tables = local.settings().tables();
    var client = local.aws().dynamoDb();
    return Set.of(tables.ephemeral(), tables.families()).stream()
        .flatMap(table -> client.scanPaginator(scan -> scan.tableName(table)).items().stream())
        .map(item -> item.get("pk") + " " + item.get("sk"))
        .collect(Collectors.toSet());
  }
}
