package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.ClientSecretHash;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.client.Registration;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
            new ClientProfile(
                "Приложение ☃ 𝔘 '\"\\ <b> \u0000",
                "",
                "https://app.example/ü",
                null,
                "https://app.example/terms",
                List.of("somebody@app.example", "https://app.example/help"),
                "https://app.example/launch?a=b&ü",
                List.of(new RedirectUri("https://app.example/bye?a=b,c")),
                "software",
                "1.2"),
            ApplicationType.WEB,
            new ClientCredentials(
                Set.of(AuthenticationMethod.CLIENT_SECRET_POST),
                List.of(
                    new ClientSecret(new ClientSecretHash("second"), 7, 8),
                    ClientSecret.of(new ClientSecretHash("first"), 6)),
                ClientKeys.NONE,
                Set.of(),
                false),
            IntStream.range(0, 30)
                .mapToObj(i -> new RedirectUri("https://app.example/ü/" + (30 - i) + "?a=b,c&d"))
                .toList(),
            TestScopes.many(),
            5);

    clients().put(app);

    assertThat(clients().find(id)).contains(app);
  }

  @Test
  void keepsWhereAnAppDiffersFromItsClass() {
    var web = TestClients.webApp();
    var server =
        renamed(web, "Server")
            .with(
                new ClientRules(
                    new RefreshOverrides(TokenRotation.NEVER, ReuseResponse.ALARM),
                    true,
                    true,
                    true));

    clients().put(server);

    assertThat(clients().find(id)).contains(server);
  }

  @Test
  void keepsKeysGrantTypesAndHowItWasRegistered() {
    var web = renamed(TestClients.webApp(), "Keys");
    for (var keys :
        List.of(
            ClientKeys.at("https://app.example/jwks.json"),
            ClientKeys.inline("{\"keys\":[{\"kty\":\"EC\"}]}"))) {
      var app =
          web.with(
                  new ClientCredentials(
                      Set.of(AuthenticationMethod.PRIVATE_KEY_JWT),
                      List.of(),
                      keys,
                      Set.of("ES384", "PS256"),
                      true))
              .withGrantTypes(Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE))
              .with(
                  new Registration(
                      IdentityLevel.UNVERIFIED, 1, 2, true, SecretHash.of("management")));

      clients().put(app);

      assertThat(clients().find(id)).contains(app);
    }
  }

  @Test
  void replacesAnAppOnlyAsItWasSeen() {
    var seen = renamed(TestClients.webApp(), "Seen");
    var changed = renamed(TestClients.webApp(), "Changed");
    clients().put(seen);

    assertThat(clients().replace(seen, changed)).isTrue();
    assertThat(clients().replace(seen, changed)).as("sent twice").isTrue();
    assertThat(clients().replace(seen, renamed(seen, "Late"))).isFalse();
    assertThat(clients().find(id)).contains(changed);
  }

  @Test
  void replacesNoAppThatIsGone() {
    var seen = renamed(TestClients.webApp(), "Seen");

    assertThat(clients().replace(seen, renamed(seen, "Changed"))).isFalse();
    assertThat(clients().find(id)).isEmpty();
  }

  @Test
  void oneOfManyReplacesAnApp() throws Exception {
    var seen = renamed(TestClients.webApp(), "Seen");
    clients().put(seen);

    var answers = Race.of(i -> clients().replace(seen, renamed(seen, "By " + i)));

    assertThat(answers).filteredOn(answer -> answer).hasSize(1);
  }

  @Test
  void listsEachAppOnceOverAllPages() {
    var expected = new ArrayList<ClientId>();
    for (int i = 0; i < 7; i++) {
      var app = TestClients.as(new ClientId(id.value() + "-" + i), TestClients.nativeApp());
      clients().put(app);
      expected.add(app.id());
    }

    for (var limit : List.of(1, 3, 100)) {
      assertThat(listed(limit)).doesNotHaveDuplicates().containsAll(expected);
    }
    assertThat(clients().list(Optional.empty(), 1).clients())
        .allSatisfy(app -> assertThat(clients().find(app.id())).contains(app));
  }

  @Test
  void goesOnWhereAPageEndedWithAnAppThatIsGone() {
    for (int i = 0; i < 4; i++) {
      clients().put(TestClients.as(new ClientId(id.value() + i), TestClients.nativeApp()));
    }
    var all = listed(100);

    for (int last = 0; last < all.size(); last++) {
      var gone = all.get(last);
      clients().remove(gone);
      var rest = clients().list(Optional.of(gone), 100).clients().stream().map(Client::id);
      assertThat(rest).containsExactlyElementsOf(all.subList(last + 1, all.size()));
    }
  }

  private List<ClientId> listed(int limit) {
    var found = new ArrayList<ClientId>();
    var after = Optional.<ClientId>empty();
    do {
      var page = clients().list(after, limit);
      assertThat(page.clients()).hasSizeLessThanOrEqualTo(limit);
      page.clients().forEach(app -> found.add(app.id()));
      after = page.next();
    } while (after.isPresent());
    return found;
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
        ClientProfile.named(name, app.profile().description()),
        app.applicationType(),
        app.credentials(),
        app.redirectUris(),
        app.grantTypes(),
        app.scopes(),
        app.rules(),
        app.registration());
  }
}
