package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Authorization requests of the browser app, good ones and changed ones, and what comes back.
final class Asking {
  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private Asking() {}

  /// A request that goes to sign-in.
  static Map<String, String> good() {
    var request = new LinkedHashMap<String, String>();
    request.put("response_type", "code");
    request.put("client_id", TestClients.BROWSER.value());
    request.put("redirect_uri", TestClients.BROWSER_REDIRECT);
    request.put("scope", "openid fhirUser launch/patient patient/*.rs");
    request.put("state", "af0ifjsldkj");
    request.put("aud", "https://latchkey.example/fhir");
    request.put("code_challenge", CHALLENGE);
    request.put("code_challenge_method", "S256");
    return request;
  }

  static Map<String, String> changed(String name, String value) {
    var request = good();
    request.put(name, value);
    return request;
  }

  /// The app is told what is wrong, and who tells it (RFC 6749 section 4.1.2.1, RFC 9207).
  static void assertSentBack(Answer answer, String error) {
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).startsWith(TestClients.BROWSER_REDIRECT + "?");
    var returned = query(answer.header("location"));
    assertThat(returned)
        .containsEntry("error", error)
        .containsEntry("state", "af0ifjsldkj")
        .containsEntry("iss", LocalWiring.ISSUER)
        .doesNotContainKey("code");
    assertThat(returned.get("error_description")).matches("[\\x20-\\x7e&&[^\"\\\\]]+");
  }

  /// The parameters of an address that the browser is sent to.
  static Map<String, String> query(String location) {
    return Arrays.stream(URI.create(location).getRawQuery().split("&"))
        .map(pair -> List.of(pair.split("=", 2)))
        .collect(
            Collectors.toMap(
                List::getFirst, pair -> URLDecoder.decode(pair.get(1), StandardCharsets.UTF_8)));
  }
}
