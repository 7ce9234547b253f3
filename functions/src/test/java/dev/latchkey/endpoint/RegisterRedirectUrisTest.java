package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.browserApp;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses an app may get its answers at (threat T61, requirements AUZ-6 and AUZ-7).
class RegisterRedirectUrisTest {
  private static final Registrations SERVER = open(LocalWiring.ISSUER, false);
  private static final Registrations SANDBOX = open("http://localhost:8080", true);

  /// Nobody counts here how many are registered.
  private static Registrations open(String issuer, boolean loopback) {
    var policy = Registrations.unlimited(RegistrationPolicy.sandbox(RegistrationMode.OPEN));
    return Registrations.over(LocalWiring.start(issuer, loopback ? policy.onLoopback() : policy));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "javascript://web.example.org/%0aalert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "about:blank",
        "blob:https://web.example.org/1",
        "vbscript:x",
        "intent://web.example.org#Intent;end",
        "view-source:https://web.example.org/",
        "ftp://web.example.org/",
        "ws://web.example.org/",
        "https://*.example.org/callback",
        "https://web.example.org/*",
        "https://web.example.org/callback#fragment",
        "https://web.example.org/callback#",
        "https://user@web.example.org/callback",
        "https://user:password@web.example.org/callback",
        "https://@web.example.org/callback",
        "https://web.example.org@evil.example/callback",
        "https://192.0.2.1/callback",
        "https://127.0.0.1/callback",
        "https://127.1/callback",
        "https://0x7f.0x1/callback",
        "https://2130706433/callback",
        "https://[2001:db8::1]/callback",
        "https://[::1]/callback",
        "https://localhost/callback",
        "https://LOCALHOST/callback",
        "https://app.localhost/callback",
        "https://web.example.org./callback",
        "https://web.example.org/a/../b",
        "https://web.example.org/./b",
        "https://web.example.org/a/%2e%2E/b",
        "https://web.example.org/.%2e",
        "https://web.example.org\\@evil.example/",
        "https:\\\\web.example.org/",
        "https://web.example.org/ callback",
        "https://web.exämple.org/callback",
        "https://web.example.org/\u202ecallback",
        "https://web.example.org:99999/callback",
        "https://web_example/callback",
        "https:///callback",
        "https:callback",
        "https://",
        "//web.example.org/callback",
        "/callback",
        "web.example.org",
        "HTTPS://web.example.org/callback",
        "http://web.example.org/callback",
        "http://localhost/callback",
        "org.example.app:/callback"
      })
  void t61_noWebAppIsSentThere(String uri) {
    assertNoneGoesThere(webApp(), uri);
    assertNoneGoesThere(browserApp(), uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "myapp:/callback",
        "myapp://callback",
        "http://localhost:8000/callback",
        "http://127.0.0.2/callback",
        "http://127.1/callback",
        "http://0.0.0.0/callback",
        "http://10.0.0.1/callback",
        "http://[::]/callback",
        "http://[0:0:0:0:0:0:0:1]/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.1@evil.example/callback",
        "http://web.example.org/callback",
        "http://127.0.0.1:99999/callback",
        "HTTP://127.0.0.1/callback",
        "org.example.app:callback",
        "org.example.app:",
        "Org.Example.App:/callback",
        "org.example.app:/a/../callback",
        "org.example.app:/callback#x",
        ".example:/callback",
        "org.:/callback",
        "javascript.:/x"
      })
  void auz7_t61_noNativeAppIsSentThere(String uri) {
    assertNoneGoesThere(nativeApp(), uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/callback",
        "http://127.0.0.1:8000/callback?x=1",
        "http://127.0.0.1",
        "http://[::1]/callback",
        "http://[::1]:4711/",
        "org.example.app:/callback",
        "org.example.app:///callback",
        "org.example.app://callback/x",
        "com.example-2.app+beta:/callback",
        "https://app.example.org/callback"
      })
  void aNativeAppIsSentThere(String uri) {
    var answer = SERVER.register(with(nativeApp(), "redirect_uris", List.of(uri)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json()).containsEntry("redirect_uris", List.of(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://web.example.org",
        "https://web.example.org/",
        "https://web.example.org/callback?tenant=1&x=%2F",
        "https://web.example.org:8443/callback",
        "https://xn--bcher-kva.example/callback",
        "https://intranet/callback",
        "https://1a.example.org/a.b/..c/..."
      })
  void aWebAppIsSentThere(String uri) {
    for (var app : List.of(webApp(), browserApp())) {
      assertThat(SERVER.register(with(app, "redirect_uris", List.of(uri))).status()).isEqualTo(201);
    }
  }

  @Test
  void aWebAppHasOneHost() {
    var two = List.of("https://web.example.org/a", "https://other.example.org/a");

    assertRefused(
        SERVER.register(with(webApp(), "redirect_uris", two)), 400, "invalid_redirect_uri");
    assertThat(SERVER.register(with(browserApp(), "redirect_uris", two)).status()).isEqualTo(201);
    assertThat(
            SERVER
                .register(
                    with(
                        webApp(),
                        "redirect_uris",
                        List.of("https://web.example.org/a", "https://WEB.example.org:444/b")))
                .status())
        .isEqualTo(201);
  }

  @Test
  void anAppHasOneToTen() {
    var ten = IntStream.range(0, 10).mapToObj(i -> "https://web.example.org/" + i).toList();
    var eleven = IntStream.range(0, 11).mapToObj(i -> "https://web.example.org/" + i).toList();

    assertThat(SERVER.register(with(webApp(), "redirect_uris", ten)).status()).isEqualTo(201);
    for (var uris : List.of(eleven, List.<String>of())) {
      assertRefused(
          SERVER.register(with(webApp(), "redirect_uris", uris)), 400, "invalid_redirect_uri");
    }
    assertRefused(
        SERVER.register(with(webApp(), "redirect_uris", null)), 400, "invalid_redirect_uri");
  }

  @Test
  void oneBadAddressSpoilsAll() {
    assertRefused(
        SERVER.register(
            with(
                webApp(),
                "redirect_uris",
                List.of("https://web.example.org/a", "javascript:alert(1)"))),
        400,
        "invalid_redirect_uri");
  }

  @Test
  void anAddressHasUpTo2000Characters() {
    var longest = "https://web.example.org/" + "a".repeat(2000 - 24);

    assertThat(SERVER.register(with(webApp(), "redirect_uris", List.of(longest))).status())
        .isEqualTo(201);
    assertRefused(
        SERVER.register(with(webApp(), "redirect_uris", List.of(longest + "a"))),
        400,
        "invalid_client_metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000/callback",
        "http://127.0.0.1:3000/callback",
        "http://[::1]:3000/callback"
      })
  void inASandboxAnyAppOfThisMachineIsSentThere(String uri) {
    for (var app : List.of(webApp(), browserApp(), nativeApp())) {
      var answer = SANDBOX.register(with(app, "redirect_uris", List.of(uri)));
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }
    assertRefused(
        SERVER.register(with(webApp(), "redirect_uris", List.of(uri))),
        400,
        "invalid_redirect_uri");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://web.example.org/",
        "http://127.0.0.2/",
        "javascript:alert(1)",
        "http://localhost:3000/#x",
        "http://localhost:3000/../x"
      })
  void aSandboxSendsNoAppElsewhere(String uri) {
    for (var app : List.of(webApp(), browserApp(), nativeApp())) {
      assertRefused(
          SANDBOX.register(with(app, "redirect_uris", List.of(uri))), 400, "invalid_redirect_uri");
    }
  }

  @Test
  void anAppWithoutAUserIsSentNowhere() {
    var token = SERVER.initialAccessToken(2, Registrations.ALL, true);

    assertRefused(
        SERVER.register(
            with(
                Registrations.service(),
                "redirect_uris",
                Collections.singletonList("https://web.example.org/")),
            token),
        400,
        "invalid_redirect_uri");
  }

  private static void assertNoneGoesThere(Map<String, Object> app, String uri) {
    assertRefused(
        SERVER.register(with(app, "redirect_uris", List.of(uri))), 400, "invalid_redirect_uri");
  }

  @Test
  void addressesForAfterLogoutAreHeldToTheSameRules() {
    var member = "post_logout_redirect_uris";
    var good = List.of("https://web.example.org/bye?a=b");

    var registered = SERVER.register(with(webApp(), member, good));

    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    assertThat(registered.json()).containsEntry(member, good);
    for (var wrong :
        List.of("javascript:alert(1)", "https://web.example.org/#a", "https://192.0.2.1/")) {
      var answer = SERVER.register(with(webApp(), member, List.of(wrong)));
      assertRefused(answer, 400, "invalid_client_metadata");
    }
    assertThat(SERVER.register(webApp()).json()).doesNotContainKey(member);
  }
}
