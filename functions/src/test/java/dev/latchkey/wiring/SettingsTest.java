package dev.latchkey.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.http.Edge;
import dev.latchkey.policy.Brand;
import dev.latchkey.secret.SecretHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "LATCHKEY_ISSUER", "https://latchkey.example",
          "LATCHKEY_SIGNING_KEYS", "CURRENT=arn:aws:kms:eu-west-1:000000000000:key/a",
          "AWS_REGION", "eu-west-1");

  @Test
  void theFhirBaseFollowsTheIssuer() {
    var settings = Settings.from(ENVIRONMENT);
    assertThat(settings.identity().fhirBase()).isEqualTo("https://latchkey.example/fhir");
    assertThat(settings.awsEndpoint()).isEmpty();
  }

  @Test
  void aBrandIsPublishedWhereBothOfItsVariablesAreSet() {
    assertThat(Settings.from(ENVIRONMENT).identity().brand()).isEmpty();
    var environment = new HashMap<>(ENVIRONMENT);
    environment.put("LATCHKEY_BRANDS_URL", "https://hospital.example/brands");
    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("LATCHKEY_BRAND_IDENTIFIER");

    environment.put("LATCHKEY_BRAND_IDENTIFIER", "urn:ietf:rfc:3986|https://hospital.example");
    assertThat(Settings.from(environment).identity().brand())
        .contains(
            new Brand(
                "https://hospital.example/brands",
                "urn:ietf:rfc:3986",
                "https://hospital.example"));
    environment.put("LATCHKEY_BRAND_IDENTIFIER", "a-hospital");
    assertThat(Settings.from(environment).identity().brand().orElseThrow().identifier())
        .isEqualTo(Map.of("value", "a-hospital"));
    environment.put("LATCHKEY_BRAND_IDENTIFIER", "urn:ietf:rfc:3986|");
    assertThatThrownBy(() -> Settings.from(environment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATCHKEY_ISSUER", "LATCHKEY_SIGNING_KEYS", "AWS_REGION"})
  void aMissingVariableIsNamed(String name) {
    var environment = new HashMap<>(ENVIRONMENT);
    environment.remove(name);
    assertThatThrownBy(() -> Settings.from(environment)).hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NEXT=a", "CURRENT=a,CURRENT=b", "CURRENT", "OTHER=a"})
  void aScheduleThatCannotSignIsRefused(String schedule) {
    var environment = new HashMap<>(ENVIRONMENT);
    environment.put("LATCHKEY_SIGNING_KEYS", schedule);
    assertThatThrownBy(() -> Settings.from(environment))
        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class);
  }

  @Test
  void withoutOriginSecretsNothingStandsInFront() {
    assertThat(Settings.edge(ENVIRONMENT)).isEqualTo(Edge.none());
  }

  @Test
  void twoOriginSecretsAreGoodAtOnce() {
    var first = SecretHash.of("not-a-secret-1");
    var second = SecretHash.of("not-a-secret-2");

    assertThat(Settings.edge(originSecrets(first.value() + "," + second.value())).secrets())
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", ",", "not-a-hash", "VGhlIFNIQS0yNTYgb2YgYSBzZWNyZXQ,"})
  void originSecretsThatAreNoHashesAreRefused(String secrets) {
    assertThatThrownBy(() -> Settings.edge(originSecrets(secrets)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LATCHKEY_ORIGIN_SECRETS");
  }

  private static Map<String, String> originSecrets(String secrets) {
    return Map.of("LATCHKEY_ORIGIN_SECRETS", secrets);
  }

  @Test
  void everyVariableIsInTheReferenceAndInNothingElse() throws IOException {
    var root = Path.of("..");
    var read = new HashSet<String>();
    try (var sources = Files.list(root.resolve("functions/src/main/java/dev/latchkey/wiring"))) {
      for (var source : sources.toList()) {
        read.addAll(variables(source));
      }
    }
    assertThat(variables(root.resolve("docs/configuration.md"))).isEqualTo(read);
  }

  /// But for what the functions do not read: the sandbox's own, and the command line's.
  private static Set<String> variables(Path file) throws IOException {
    return Pattern.compile("\\b(LATCHKEY_[A-Z_]+|AWS_REGION)\\b")
        .matcher(Files.readString(file))
        .results()
        .map(MatchResult::group)
        .filter(name -> !Set.of("LATCHKEY_DATA", "LATCHKEY_TARGET").contains(name))
        .collect(Collectors.toSet());
  }
}
