package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store of registered apps does.
public abstract class ClientRegistryContract {
  private final ClientId id = new ClientId("app-" + Entropy.secure().value());

  protected abstract ClientRegistry clients();

  @Test
  void keepsEachKindOfApp() {
    for (var app :
        List.of(TestClients.nativeApp(), TestClients.browserApp(), TestClients.webApp())) {
      clients().put(app);

      assertThat(clients().find(app.id())).contains(app);
    }
  }

  @Test
  void keepsListsInOrderAndTextOfAnyLanguage() {
    var app =
        new Client(
            id,
            "Приложение ☃ 𝔘 '\"\\ <b>",
            "",
            ApplicationType.WEB,
            Set.of(AuthenticationMethod.CLIENT_SECRET_POST),
            List.of(SecretHash.of("second"), SecretHash.of("first")),
            IntStream.range(0, 30)
                .mapToObj(i -> new RedirectUri("https://app.example/ü/" + (30 - i) + "?a=b,c&d"))
                .toList(),
            TestScopes.many());

    clients().put(app);

    assertThat(clients().find(id)).contains(app);
  }

  @Test
  void keepsWhereAnAppDiffersFromItsClass() {
    var web = TestClients.webApp();
    var server =
        new Client(
            id,
            web.name(),
            web.description(),
            web.applicationType(),
            web.authenticationMethods(),
            web.secretHashes(),
            web.redirectUris(),
            web.scopes(),
            new RefreshOverrides(TokenRotation.NEVER, ReuseResponse.ALARM),
            true);

    clients().put(server);

    assertThat(clients().find(id)).contains(server);
  }

  @Test
  void forgetsAnApp() {
    clients().put(renamed(TestClients.nativeApp(), "Leaving"));

    clients().remove(id);
    clients().remove(id);

    assertThat(clients().find(id)).isEmpty();
  }

  @Test
  void replacesAnAppAsAWhole() {
    var web = TestClients.webApp();
    var bare = TestClients.nativeApp();
    clients().put(renamed(web, "Before"));

    clients().put(renamed(bare, "After"));

    assertThat(clients().find(id)).contains(renamed(bare, "After"));
  }

  @Test
  void knowsNothingOfNamesThatWereNeverRegistered() {
    clients().put(renamed(TestClients.nativeApp(), "Present"));

    assertThat(clients().find(new ClientId(id.value() + "x"))).isEmpty();
    assertThat(clients().find(new ClientId(id.value().toUpperCase(Locale.ROOT)))).isEmpty();
    assertThat(clients().find(new ClientId(id.value() + " "))).isEmpty();
    assertThat(clients().find(new ClientId("%"))).isEmpty();
  }

  @Test
  void takesWhateverStrangersSendAsAName() {
    for (var sent : new String[] {"", " ", "é☃𝔘", "a\u0000b", "' OR 1=1 --", "x".repeat(20_000)}) {
      assertThat(clients().find(new ClientId(sent))).isEmpty();
    }
  }

  private Client renamed(Client app, String name) {
    return new Client(
        id,
        name,
        app.description(),
        app.applicationType(),
        app.authenticationMethods(),
        app.secretHashes(),
        app.redirectUris(),
        app.scopes());
  }
}
