package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.secret.SecretHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The drill of `docs/operations.md`, with what `docs/sign-in.md` says to send ("Without a page, by
/// hand"), as it stands there.
class SignInByHandTest {
  private static final Pattern OPTION = Pattern.compile("--([a-z-]+) (?:\"([^\"]*)\"|(\\S+))");
  private static final Pattern FORM = Pattern.compile("-d (?:\"([^\"]*)\"|(\\S+))");

  private static final OwnPageDeployment at = OwnPageDeployment.start();
  private static final OperatorFunction operator = new OperatorFunction(at.wiring());
  private static final TokenFunction tokens = new TokenFunction(at.wiring());

  private final Map<String, String> shell = new HashMap<>(Map.of("ISSUER", LocalWiring.ISSUER));
  private final String page;

  SignInByHandTest() throws IOException {
    var text = Files.readString(Path.of("..", "docs", "sign-in.md"));
    page = text.split("\n### Without a page, by hand\n", 2)[1].split("\n## ", 2)[0];
    shell.put("VERIFIER", Grants.VERIFIER);
    shell.put("CHALLENGE", SecretHash.of(Grants.VERIFIER).value());
  }

  @Test
  void anAppIsConnectedAndAfterARestoreConnectedAgain() {
    register();
    var connected = connect();
    var refreshed = refresh(connected.text("refresh_token"));
    assertThat(refreshed.status()).isEqualTo(200);

    assertThat(OperatorCall.of("retire-all-token-keys").to(operator))
        .containsEntry("outcome", "done");
    at.local().clock().advance(Duration.ofMinutes(2));

    for (var token : List.of(connected, refreshed)) {
      var refused = refresh(token.text("refresh_token"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("error")).isEqualTo("invalid_grant");
    }
    assertThat(refresh(connect().text("refresh_token")).status()).isEqualTo(200);
  }

  private void register() {
    var options = new HashMap<String, String>();
    OPTION
        .matcher(line("latchkey clients create "))
        .results()
        .forEach(
            option ->
                options.put(
                    option.group(1), option.group(2) == null ? option.group(3) : option.group(2)));
    var metadata =
        Map.of(
            "client_name", value(options, "name"),
            "application_type", value(options, "type"),
            "redirect_uris", List.of(value(options, "redirect-uri")),
            "scope", value(options, "scope"));
    var registered =
        OperatorCall.of(Map.of("command", "create-client", "metadata", metadata)).to(operator);
    shell.put("CLIENT", String.valueOf(registered.get("client_id")));
    shell.put("SECRET", String.valueOf(registered.get("client_secret")));
  }

  private Call.Answer connect() {
    var browser = at.browser();
    var address = filled(line("echo ").split("\"", 3)[1]);
    assertThat(address).startsWith(LocalWiring.ISSUER + "/authorize?");
    var txn =
        browser
            .send(
                new AuthorizeFunction(at.wiring()),
                "GET",
                "/authorize",
                address.split("\\?", 2)[1],
                "",
                "")
            .parameter("txn");
    shell.put("HANDLE", at.leave(browser, Objects.requireNonNull(txn)));
    var said = Invocation.of(new SignInPageFunction(at.wiring()), filled(payload())).answer();
    assertThat(at.open(browser, String.valueOf(said.get("redirect_to"))).path())
        .isEqualTo("/interaction/consent");
    var back = browser.allow(txn, browser.open("consent", txn).ticked());
    assertThat(back.location()).startsWith("https://drill.invalid/callback?");
    shell.put("CODE", Objects.requireNonNull(back.parameter("code")));
    var connected = post("grant_type=authorization_code");
    assertThat(connected.status()).isEqualTo(200);
    return connected;
  }

  private Call.Answer refresh(String token) {
    shell.put("REFRESH", token);
    return post("grant_type=refresh_token");
  }

  /// The `curl` of the page that sends this.
  private Call.Answer post(String wanted) {
    var line =
        page.lines()
            .filter(one -> one.startsWith("curl ") && one.contains(wanted))
            .findFirst()
            .orElseThrow();
    var call = Call.post("/token").header("authorization", basic());
    FORM.matcher(line)
        .results()
        .map(pair -> pair.group(1) == null ? pair.group(2) : pair.group(1))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> call.with(pair[0], filled(pair[1])));
    return call.to(tokens);
  }

  private String basic() {
    var pair = shell.get("CLIENT") + ":" + shell.get("SECRET");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /// The message to the function, as the shell hands it on.
  private String payload() {
    var typed = line("'{\"command\": \"accept\"");
    var message =
        typed
            .substring(1, typed.length() - 1)
            .replace("'\"$HANDLE\"'", "$HANDLE")
            .replace("'\"$(date +%s)\"'", String.valueOf(at.local().clock().seconds()));
    assertThat(message).doesNotContain("'");
    return message;
  }

  private String line(String start) {
    return page.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private String filled(String text) {
    var filled = text;
    for (var variable : shell.entrySet()) {
      filled = filled.replace("$" + variable.getKey(), variable.getValue());
    }
    assertThat(filled).doesNotContain("$");
    return filled;
  }

  private static String value(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name)).orElseThrow();
  }
}
