package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.latchkey.contract.Canary;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.sandbox.flow.Developer;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats by somebody who registers apps, in a sandbox that registers anybody's.
class RegistrationThreatsTest {
  private static final TimedSandbox TIMED = TimedSandbox.dynamoDbLocal();
  private static final String REDIRECT = "http://127.0.0.1:51004/callback";

  private final Developer developer = new Developer(TIMED.running());
  private final Patient patient = new Patient(TIMED.running().baseUrl());

  /// Registrations of the tests before do not count any more.
  @BeforeEach
  void waitAnHour() {
    TIMED.local().clock().advance(Duration.ofHours(1));
  }

  @ParameterizedTest
  @MethodSource("dev.latchkey.contract.HostileNames#all")
  void t60_aNameIsTextOnTheConsentPageWhateverItSays(String hostile) {
    var plain = consent("Plain");

    var attacked = consent(hostile);

    assertThat(elements(attacked)).isEqualTo(elements(plain));
    assertThat(attacked.page().select("h1 bdi").text()).isNotEmpty().doesNotContain("\u202E");
    assertThat(attacked.body()).doesNotContain("\u202E", "<script>alert", "evil.example>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MyChart", "Мусhаrt", "MyChаrt Official", "rnychart"})
  void t60_whoBorrowsAKnownNameIsUnderAWarning(String name) {
    var page = consent(name).page();

    assertThat(page.select(".notice.warning").text())
        .contains("Nobody checked who registered this app.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Latchkey", "Lаtchkey", "L a t c h k e y", "1atchkey", "ＬａｔｃｈＫｅｙ"})
  void t60_nobodyIsCalledLikeTheServer(String name) {
    var refused = developer.register(Developer.nativeApp(name));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json()).containsEntry("error", "invalid_client_metadata");
  }

  @Test
  void t61_afterTwentyAppsInAnHourThereIsNoMore() {
    var answers =
        IntStream.range(0, 200)
            .mapToObj(number -> developer.register(Developer.nativeApp("Flood " + number)))
            .toList();

    assertThat(answers.subList(0, 20)).allMatch(answer -> answer.status() == 201);
    assertThat(answers.subList(20, 200))
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(429);
              assertThat(answer.json()).containsEntry("error", "temporarily_unavailable");
              assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow())
                  .isBetween(1L, 3600L);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript://app.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "https://*.app.example/callback",
        "https://app.example/*",
        "http://app.example/callback",
        "http://10.0.0.1/callback",
        "http://127.0.0.1@evil.example/callback",
        "http://localhost.evil.example/callback",
        "https://app.example/callback#fragment",
        "https://user@app.example/callback"
      })
  void t61_noAnswerIsSentToAHostileAddress(String uri) {
    for (var type : List.of("web", "browser", "native")) {
      var metadata = new HashMap<>(Developer.webApp(uri));
      metadata.put("application_type", type);

      var refused = developer.register(metadata);

      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.json()).containsEntry("error", "invalid_redirect_uri");
    }
  }

  @Test
  void t61_aRegistrationTokenThatWasUsedOrStolenIsDead() {
    var mine = developer.register(Developer.nativeApp("Mine"));
    var other = developer.register(Developer.nativeApp("Of somebody else"));
    var next = developer.read(mine.address(), mine.token());

    for (var dead : List.of(mine.token(), other.token(), "", "rat1_" + "A".repeat(43))) {
      var metadata = new HashMap<>(Developer.nativeApp("Stolen"));
      metadata.put("client_id", mine.text("client_id"));
      for (var answer :
          List.of(
              developer.read(mine.address(), dead),
              developer.replace(mine.address(), dead, metadata),
              developer.remove(mine.address(), dead))) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("error", "invalid_token");
      }
    }
    var last = developer.read(mine.address(), next.token());
    assertThat(last.json()).containsEntry("client_name", "Mine");
  }

  static Stream<String> t29_noKeySetIsReadFromThisMachineOrItsNetwork() {
    return Stream.of(
        "http://127.0.0.1:%d/jwks",
        "https://127.0.0.1:%d/jwks",
        "https://localhost:%d/jwks",
        "https://LOCALHOST.:%d/jwks",
        "https://127.1:%d/jwks",
        "https://2130706433:%d/jwks",
        "https://0x7f000001:%d/jwks",
        "https://0.0.0.0:%d/jwks",
        "https://[::1]:%d/jwks",
        "https://[::ffff:127.0.0.1]:%d/jwks",
        "https://user@127.0.0.1:%d/jwks",
        "https://app.example\\@127.0.0.1:%d/jwks",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00:ec2::254]/latest/meta-data",
        "https://10.0.0.1/jwks",
        "https://100.64.0.1/jwks");
  }

  /// Where no address of this kind can be registered, nothing is left to read; where one can, the
  /// app that it belongs to proves nothing by it.
  @ParameterizedTest
  @MethodSource
  void t29_noKeySetIsReadFromThisMachineOrItsNetwork(String url) throws Exception {
    try (var canary = Canary.onLoopback()) {
      var metadata = new HashMap<>(Developer.webApp("https://app.example/callback"));
      metadata.put("token_endpoint_auth_method", "private_key_jwt");
      metadata.put("jwks_uri", url.replace("%d", String.valueOf(canary.port())));

      var registered = developer.register(metadata);

      if (registered.status() == 201) {
        var key = new ECKeyGenerator(Curve.P_384).keyID("k").generate();
        var app =
            developer
                .app(registered, "https://app.example/callback")
                .signingWith(key, TIMED.local().clock());
        Witness.isRefused(app.refresh(new RefreshToken("not-a-token")), "invalid_client");
      } else {
        assertThat(registered.status()).isEqualTo(400);
        assertThat(registered.json()).containsEntry("error", "invalid_client_metadata");
      }
      assertThat(canary.visits()).isZero();
    }
  }

  /// The page that asks whether the app of that name may have access.
  private Arrival consent(String name) {
    var registered = developer.register(Developer.nativeApp(name));
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    var at = patient.open(developer.app(registered, REDIRECT).start(Patient.OFFLINE));
    at = at.isAt("/interaction/sign-in") ? patient.signIn(at) : at;
    assertThat(at.isAt("/interaction/consent")).as(at.body()).isTrue();
    return at;
  }

  /// Every element with the names of its attributes, as a browser sees them.
  private static List<String> elements(Arrival page) {
    return page.page().getAllElements().stream().map(RegistrationThreatsTest::shape).toList();
  }

  private static String shape(Element element) {
    return element.tagName()
        + element.attributes().asList().stream().map(attribute -> attribute.getKey()).toList();
  }
}
