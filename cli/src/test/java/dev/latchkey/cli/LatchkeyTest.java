package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Command lines, over HTTP to the operator function.
class LatchkeyTest {
  private static final String WEB = TestClients.WEB.value();

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestClients.webApp());
  private final OperatorOverHttp sandbox = new OperatorOverHttp(local.wiring());

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void peopleGetATable() {
    var list = type("clients list");

    assertThat(list.exitCode()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out().lines().findFirst())
        .hasValueSatisfying(head -> assertThat(head).matches("client_id +client_name +.*"));
    assertThat(list.out().lines().skip(1))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).matches(WEB + " +Test Web +verified +enabled .*"));
  }

  @Test
  void programsGetTheAnswerAsItCame() {
    var list = type("clients list --output json --limit 1");

    var answer = Json.readObject(list.out());
    assertThat(answer).containsEntry("outcome", "done").containsKeys("clients", "next");
    assertThat(Json.readObject(type("clients show nobody --output json").out()))
        .containsEntry("error", "unknown_app");
  }

  @Test
  void aLongListSaysHowToGoOn() {
    var first = type("clients list --limit 1");
    var next = first.out().lines().filter(line -> line.startsWith("next")).findFirst();

    var second = type("clients list --after " + next.orElseThrow().split(" +", 2)[1].strip());

    assertThat(second.out().lines()).hasSize(2);
    assertThat(second.out()).doesNotContain("next");
  }

  @Test
  void anAppIsShownAsPairs() {
    var shown = type("clients show " + WEB);

    assertThat(shown.out())
        .containsPattern("client_id +" + WEB)
        .containsPattern("authentication +client_secret_basic, client_secret_post")
        .doesNotContain(TestClients.WEB_SECRET);
  }

  @Test
  void aSecretIsPrintedOnceAndOnlyInTheAnswer() {
    var rotated = type("clients rotate-secret " + WEB + " --overlap-hours 0 --output json");

    var secret = String.valueOf(Json.readObject(rotated.out()).get("client_secret"));
    assertThat(secret).hasSize(43);
    assertThat(rotated.out()).containsOnlyOnce(secret);
    assertThat(rotated.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients disable test-web",
        "clients disable test-web --revoke",
        "clients verify test-web --identity registered",
        "clients rotate-secret test-web",
        "clients remove test-web",
        "tokens issue-initial --label x --scope patient/*.rs --uses 3 --hours 2 --backend-services",
        "token-keys rotate",
        "token-keys retire-all",
        "signing-keys add arn:aws:kms:eu-west-1:000000000000:key/signing-next",
        "grants revoke --app test-web",
        "grants revoke --user somebody",
      })
  void aDryRunChangesNothing(String line) {
    local.calls().reset();

    var said = type(line + " --dry-run");

    assertThat(said.err()).isEmpty();
    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).startsWith("Nothing was changed. What would happen:\n");
    assertThat(local.calls().writes()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clients enable a|{\"command\":\"enable-client\",\"client\":\"a\"}",
        "clients disable a"
            + " --revoke|{\"command\":\"disable-client\",\"client\":\"a\",\"revoke\":true}",
        "clients list --limit 7 --after"
            + " a|{\"command\":\"list-clients\",\"limit\":7,\"after\":\"a\"}",
        "token-keys retire 3|{\"command\":\"retire-token-key\",\"keyId\":3}",
        "token-keys list|{\"command\":\"list-token-keys\"}",
        "signing-keys plan|{\"command\":\"plan-signing-keys\"}",
        "signing-keys add a|{\"command\":\"add-signing-key\",\"key\":\"a\"}",
        "signing-keys apply|{\"command\":\"apply-signing-keys\"}",
        "signing-keys drop a|{\"command\":\"drop-signing-key\",\"key\":\"a\"}",
        "grants revoke --family a|{\"command\":\"revoke-family\",\"family\":\"a\"}",
        "tokens list-initial|{\"command\":\"list-initial-access-tokens\"}",
        "tokens revoke-initial"
            + " -a-b|{\"command\":\"revoke-initial-access-token\",\"token\":\"-a-b\"}",
        "tokens revoke-initial a|{\"command\":\"revoke-initial-access-token\",\"token\":\"a\"}",
      })
  void eachCommandIsOneOfTheOperators(String line, String command) {
    type(line);

    assertThat(sandbox.received()).containsExactly(Json.readObject(command));
  }

  @Test
  void anAppIsRegisteredAsOptionsAndFilesSay(@TempDir Path folder) throws IOException {
    var metadata = folder.resolve("app.json");
    Files.writeString(
        metadata, "{\"client_name\": \"From the file\", \"contacts\": [\"a@b.example\"]}");
    var keys = folder.resolve("keys.json");
    Files.writeString(keys, "{\"keys\": []}");

    Typed.in(
        Map.of("LATCHKEY_TARGET", "--sandbox " + sandbox.url()),
        "clients",
        "create",
        "--metadata",
        metadata.toString(),
        "--name",
        "App",
        "--type",
        "web",
        "--redirect-uri",
        "https://a.example/1",
        "--redirect-uri",
        "https://a.example/2",
        "--post-logout-redirect-uri",
        "https://a.example/bye",
        "--scope",
        "openid patient/*.rs",
        "--auth",
        "private_key_jwt",
        "--jwks",
        keys.toString(),
        "--identity",
        "registered",
        "--issuer-audience-only",
        "--dpop");

    assertThat(sandbox.received())
        .containsExactly(
            Json.readObject(
                """
                {"command": "create-client", "metadata": {"client_name": "App",
                 "contacts": ["a@b.example"], "application_type": "web",
                 "redirect_uris": ["https://a.example/1", "https://a.example/2"],
                 "post_logout_redirect_uris": ["https://a.example/bye"],
                 "scope": "openid patient/*.rs", "token_endpoint_auth_method": "private_key_jwt",
                 "dpop_bound_access_tokens": true, "jwks": {"keys": []}},
                 "identity": "registered", "issuerAudienceOnly": true}
                """));
    assertThat(type("clients create --metadata " + folder.resolve("none")).exitCode()).isEqualTo(2);
  }

  @Test
  void aSigningKeyIsPublishedAndWaits() {
    var added = type("signing-keys add " + InProcessKms.NEXT_SIGNING_KEY);
    var early = type("signing-keys apply");

    assertThat(added.out()).startsWith("Key " + InProcessKms.NEXT_SIGNING_KEY + " is published.\n");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("has been published since", "It signs not before");
    assertThat(type("signing-keys plan").out()).containsPattern("step +PROMOTE");
  }

  @Test
  void whatWasSoBeforeIsSaidToo() {
    var enabled = type("clients enable " + WEB);

    assertThat(enabled.exitCode()).isZero();
    assertThat(enabled.out()).isEqualTo("Nothing had to be changed.\n");
  }

  @Test
  void whatTheServerRefusesSaysWhyAndIsOne() {
    var refused = type("clients show nobody");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).isEqualTo("There is no app nobody.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "clients",
        "clients shout",
        "clients show",
        "clients show a b",
        "clients list --limit many",
        "clients list --output yaml",
        "clients list --dryrun",
        "clients disable a --dryrun",
        "token-keys retire 1 --dryrun",
        "token-keys rotate --dryrun",
        "signing-keys apply --dryrun",
        "signing-keys add",
        "clients list --region eu-west-1",
        "clients list --sandbox nowhere",
        "grants revoke",
        "grants revoke --app a --user b",
        "tokens issue-initial --label x",
      })
  void whatCannotBeMeantIsTwoAndSendsNothing(String line) {
    var wrong = type(line);

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).isNotBlank();
    assertThat(sandbox.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sandbox http://127.0.0.1:1", "--localstack http://127.0.0.1:1"})
  void noAnswerIsThree(String target) {
    var lost = Typed.in(Map.of(), ("clients list " + target).split(" "));

    assertThat(lost.exitCode()).isEqualTo(3);
    assertThat(lost.out()).isEmpty();
    assertThat(lost.err()).contains("http://127.0.0.1:1");
  }

  @Test
  void theEnvironmentNamesTheTargetUnlessTheCommandLineDoes() {
    var environment = Map.of("LATCHKEY_TARGET", "--sandbox " + sandbox.url());

    assertThat(Typed.in(environment, "clients", "list").exitCode()).isZero();
    assertThat(
            Typed.in(environment, "clients", "list", "--sandbox", "http://127.0.0.1:1").exitCode())
        .isEqualTo(3);
    assertThat(Typed.in(Map.of("LATCHKEY_TARGET", "somewhere"), "clients", "list").exitCode())
        .isEqualTo(2);
  }

  @Test
  void helpNamesEveryCommand() {
    var help = Typed.in(Map.of(), "clients", "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("rotate-secret", "disable");
  }

  /// A name of an app is a text of a stranger, and a terminal obeys some characters.
  @Test
  void noNameReachesTheTerminalWithItsControlCharacters() {
    var app = TestClients.as(new ClientId("hostile"), TestClients.nativeApp());
    local.seed(app.with(ClientProfile.named("\u001b[2JGone\nverified", "")));

    assertThat(type("clients list").out()).contains("[2JGone verified").doesNotContain("\u001b");
  }

  private Typed type(String line) {
    var words = line.isEmpty() ? new String[0] : line.split(" ");
    return Typed.in(Map.of("LATCHKEY_TARGET", "--sandbox " + sandbox.url()), words);
  }
}
