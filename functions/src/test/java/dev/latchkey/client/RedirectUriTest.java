package dev.latchkey.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectUriTest {
  @ParameterizedTest
  @CsvSource({
    "https://app.example/cb, https://app.example/cb",
    "https://app.example/cb?x=1, https://app.example/cb?x=1",
    "com.example.app:/cb, com.example.app:/cb",
    "http://127.0.0.1/callback, http://127.0.0.1/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:0/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:51004/callback",
    "http://127.0.0.1:3000/callback, http://127.0.0.1:61023/callback",
    "http://[::1]/callback, http://[::1]:61023/callback",
    "http://127.0.0.1, http://127.0.0.1:8000",
    "http://localhost:8080/demo/callback, http://localhost:8080/demo/callback",
  })
  void matches(String registered, String requested) {
    assertThat(new RedirectUri(registered).matches(requested)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example/cb, https://app.example/cb/",
    "https://app.example/cb, https://app.example/CB",
    "https://app.example/cb, https://APP.example/cb",
    "https://app.example/cb, https://app.example:443/cb",
    "https://app.example/cb, https://app.example/cb?x=1",
    "https://app.example/cb, https://app.example/cb#f",
    "https://app.example/cb, https://user@app.example/cb",
    "https://app.example/cb, https://app.example/x/../cb",
    "https://app.example/cb, https://app.example/%63b",
    "https://app.example/cb, https://app.example\\@evil.example/cb",
    "https://app.example/cb, https://app.example.evil.example/cb",
    "https://app.example/cb, http://app.example/cb",
    "http://localhost:8080/cb, http://localhost:9999/cb",
    "http://127.0.0.1/callback, http://localhost:51004/callback",
    "http://127.0.0.1/callback, http://[::1]:51004/callback",
    "http://127.0.0.1/callback, http://127.0.0.2:51004/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:65536/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:51004/other",
    "http://127.0.0.1/callback, http://127.0.0.1:51004/callback?x=1",
    "http://127.0.0.1/callback, http://127.0.0.1:51004@evil.example/callback",
    "http://127.0.0.1/callback, http://127.0.0.1.evil.example/callback",
    "http://127.0.0.1/callback, https://127.0.0.1:51004/callback",
  })
  void refuses(String registered, String requested) {
    assertThat(new RedirectUri(registered).matches(requested)).isFalse();
  }
}
