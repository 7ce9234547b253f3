package dev.latchkey.sandbox.embedded;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.account.Passwords;
import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.contents.Person;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Registers the sandbox's apps and people with the authorization server, whatever stores it runs
/// on. Doing it again changes nothing, and what a developer registered otherwise is left alone.
public final class Seeding {
  /// The same in each sandbox and at each start, so that an unchanged app is left as it is.
  private static final long REGISTERED_AT = 0;

  private final Wiring wiring;
  private final SeedMemory memory;
  private final DemoKeys keys;

  /// @param memory which people were registered before
  /// @param keys of the apps that sign
  public Seeding(Wiring wiring, SeedMemory memory, DemoKeys keys) {
    this.wiring = wiring;
    this.memory = memory;
    this.keys = keys;
  }

  public void register(List<DemoApp> apps, List<Person> people) {
    apps.stream().map(this::client).forEach(this::register);
    // Each new person costs a slow hash; together they use all cores.
    people.parallelStream().forEach(this::register);
  }

  private void register(Client client) {
    var clients = wiring.stores().clients();
    if (!clients.find(client.id()).equals(Optional.of(client))) {
      clients.put(client);
    }
  }

  private void register(Person person) {
    var users = wiring.stores().users();
    var known = users.find(person.username());
    if (known.isPresent() && isUnchanged(person, known.get())) {
      return;
    }
    var subject = known.map(User::subject).orElseGet(() -> subject(wiring.entropy()));
    users.put(user(person, subject, Passwords.hash(person.password(), wiring.entropy())));
    memory.remember(person.username(), fingerprint(person));
  }

  private boolean isUnchanged(Person person, User known) {
    return known.equals(user(person, known.subject(), known.passwordHash()))
        && (memory.remembers(person.username(), fingerprint(person))
            || Passwords.matches(person.password(), Optional.of(known.passwordHash())));
  }

  private static String fingerprint(Person person) {
    return SecretHash.of(person.toString()).value();
  }

  private static String subject(Entropy entropy) {
    return entropy.value().substring(0, 22);
  }

  private static User user(Person person, String subject, String passwordHash) {
    return new User(
        person.username(),
        subject,
        person.name(),
        passwordHash,
        person.fhirUser(),
        person.patients().stream()
            .map(
                patient ->
                    new PatientAccess(
                        patient.id(), patient.name(), patient.birthDate(), patient.relationship()))
            .toList());
  }

  private Client client(DemoApp app) {
    var client =
        new Client(
            new ClientId(app.clientId()),
            profile(app),
            ApplicationType.valueOf(app.applicationType().toUpperCase(Locale.ROOT)),
            credentials(app),
            addresses(app.redirectUris()),
            ScopeSet.parse(String.join(" ", app.scopes())),
            REGISTERED_AT);
    var granted =
        app.grantTypes() == null ? client : client.withGrantTypes(types(app.grantTypes()));
    return Boolean.TRUE.equals(app.introspectsAll())
        ? granted.with(ClientRules.NONE.introspectingAll())
        : granted;
  }

  private static ClientProfile profile(DemoApp app) {
    var profile = ClientProfile.named(app.name(), app.description()).openedAt(app.launchUrl());
    return app.afterLogout() == null ? profile : profile.leavingTo(addresses(app.afterLogout()));
  }

  private static List<RedirectUri> addresses(List<String> uris) {
    return uris.stream().map(RedirectUri::new).toList();
  }

  private static Set<GrantType> types(List<String> names) {
    return names.stream()
        .map(name -> GrantType.of(name).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }

  private ClientCredentials credentials(DemoApp app) {
    if (app.signs()) {
      return ClientCredentials.keys(
          ClientKeys.inline(new JWKSet(keys.of(app.clientId())).toString(true)));
    }
    var secret = app.secret();
    return new ClientCredentials(
        methods(app),
        secret == null
            ? List.of()
            : List.of(ClientSecret.of(wiring.secretHashing().hash(secret), REGISTERED_AT)),
        ClientKeys.NONE,
        Set.of(),
        false);
  }

  private static Set<AuthenticationMethod> methods(DemoApp app) {
    return app.authenticationMethods().stream()
        .flatMap(method -> AuthenticationMethod.of(method).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
