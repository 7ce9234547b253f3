package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a portal publishes about itself, and whether anybody is sent there because of it.
class PortalDiscoveryTest {
  private static final MutableClock clock = new MutableClock();

  @RegisterExtension static final ScriptedProvider provider = ScriptedProvider.start(clock);

  /// @param value null for none
  record Said(String name, @Nullable Object value) {}

  static Stream<Said> unusable() {
    return Stream.of(
        new Said("issuer", "https://another.example"),
        new Said("issuer", null),
        new Said("code_challenge_methods_supported", List.of()),
        new Said("code_challenge_methods_supported", List.of("plain")),
        new Said("authorization_endpoint", null),
        new Said("authorization_endpoint", "javascript:alert(1)"),
        new Said("authorization_endpoint", 7),
        new Said("token_endpoint", null),
        new Said("jwks_uri", List.of()));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void nobodyIsSentToAPortalThatCannotBeUsed(Said said) {
    provider.discovery(said.name(), said.value());

    assertThat(PortalCall.departure().to(provider).answer()).containsEntry("error", "unreachable");
    assertThat(PortalCall.back(null).to(provider).answer()).containsEntry("error", "unreachable");
    assertThat(provider.redeemed()).isEmpty();
  }

  @Test
  void aPortalThatDoesNotSayWhichProofsItTakesIsAskedForTheStrongOne() {
    provider.discovery("code_challenge_methods_supported", null);

    var address = String.valueOf(PortalCall.departure().to(provider).answer().get("address"));

    assertThat(address).contains("code_challenge_method=S256");
  }

  @Test
  void aQueryOfTheAuthorizationEndpointStays() {
    provider.discovery("authorization_endpoint", provider.issuer() + "/authorize?policy=patients");

    assertThat(PortalCall.departure().to(provider).answer().get("address"))
        .asString()
        .startsWith(provider.issuer() + "/authorize?policy=patients&response_type=code&");
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 301, 404, 500})
  void aDocumentThatIsNotThereIsLookedForAgainTheNextTime(int status) {
    var function = new PortalFunction(Optional.of(provider.portal()), Optional.empty());
    provider.discoveryStatus(status);
    assertThat(departure(function).answer()).containsEntry("error", "unreachable");

    provider.discoveryStatus(200);
    assertThat(departure(function).answer()).containsKey("address");
  }

  @Test
  void theDocumentIsReadOnceAnHour() {
    var function = new PortalFunction(Optional.of(provider.portal()), Optional.empty());
    departure(function);
    clock.advance(Duration.ofMinutes(59));
    departure(function);
    assertThat(provider.asked()).hasSize(1);

    clock.advance(Duration.ofMinutes(1));
    departure(function);
    assertThat(provider.asked()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/token", "http://10.0.0.1/token", "no address"})
  void aCodeIsNotTakenToWhereNoPortalCanBe(String endpoint) {
    provider.discovery("token_endpoint", endpoint);

    var answer = PortalCall.back(null).to(provider);

    assertThat(answer.answer())
        .containsEntry("reason", "The token endpoint leads to where no portal can be.");
    assertThat(answer.log()).singleElement().asString().contains("portal_refused");
  }

  @Test
  void whatDoesNotAnswerIsUnreachableAndNobodyIsAccused() {
    provider.discovery("token_endpoint", "http://127.0.0.1:9/token");
    var down = PortalCall.back(null).to(provider);
    assertThat(down.answer()).containsEntry("error", "unreachable");
    assertThat(down.log()).isEmpty();

    provider.forget();
    provider.discovery("jwks_uri", provider.issuer() + "/nowhere");
    provider.handingOut(provider.idToken(PortalCall.NONCE));
    assertThat(PortalCall.back(null).to(provider).answer()).containsEntry("error", "unreachable");
  }

  private static Invocation departure(PortalFunction function) {
    return Invocation.of(function, Json.write(PortalCall.departure().event()));
  }
}
