package dev.latchkey.wiring;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.event.EventLog;
import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.portal.ClaimMapping;
import dev.latchkey.portal.Linking;
import dev.latchkey.portal.OpenIdPortal;
import dev.latchkey.portal.OwnAssertion;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.portal.PortalSettings;
import dev.latchkey.portal.lookup.LookupSettings;
import dev.latchkey.portal.lookup.SearchedPeople;
import dev.latchkey.portal.page.OwnPage;
import dev.latchkey.portal.page.PageCommands;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.TokenSigner;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Sign-in at the organisation's portal.
public final class PortalWiring {
  private PortalWiring() {}

  /// What the function is made of that asks the portal.
  ///
  /// @param portal empty where none is set up
  /// @param key that it proves itself with to others; empty for none
  public record Parts(Optional<Portal> portal, Optional<TokenSigner> key) {}

  /// The parts, from the environment. Calls nothing.
  public static Parts onAws() {
    var environment = System.getenv();
    var clock = InstantSource.system();
    var events = new EventLog(System.out::println, clock);
    var key =
        key(environment)
            .map(
                arn ->
                    AwsClients.signer(Settings.required(environment, "AWS_REGION"), arn, events));
    return parts(environment, key, GuardedCalls.onTheInternet(), clock, Entropy.secure());
  }

  /// The parts as an environment says, over given calls, clock and randomness.
  public static Parts parts(
      Map<String, String> environment,
      Optional<TokenSigner> key,
      GuardedCalls calls,
      InstantSource clock,
      Entropy entropy) {
    var assertion = key.map(signer -> new OwnAssertion(signer, clock, entropy));
    var portal =
        settings(environment)
            .<Portal>map(
                settings ->
                    new OpenIdPortal(
                        settings,
                        calls,
                        clock,
                        people(environment, settings, assertion, calls, clock),
                        assertion.filter(_ -> provesItself(environment))));
    return new Parts(portal, key);
  }

  private static Linking people(
      Map<String, String> environment,
      PortalSettings settings,
      Optional<OwnAssertion> assertion,
      GuardedCalls calls,
      InstantSource clock) {
    var mapping = new ClaimMapping(settings);
    return lookup(environment)
        .<Linking>map(
            lookup -> new SearchedPeople(lookup, mapping, calls, assertion.orElseThrow(), clock))
        .orElse(mapping);
  }

  /// From `LATCHKEY_PORTAL_KEY`; required where something is signed with it.
  ///
  /// @throws IllegalStateException when it is missing there
  static Optional<String> key(Map<String, String> environment) {
    return lookup(environment).isPresent() || provesItself(environment)
        ? Optional.of(Settings.required(environment, "LATCHKEY_PORTAL_KEY"))
        : Optional.empty();
  }

  /// From `LATCHKEY_PORTAL_AUTHENTICATION`.
  private static boolean provesItself(Map<String, String> environment) {
    return switch (environment.getOrDefault("LATCHKEY_PORTAL_AUTHENTICATION", "none")) {
      case "none" -> false;
      case "private_key_jwt" -> true;
      default ->
          throw new IllegalStateException(
              "LATCHKEY_PORTAL_AUTHENTICATION has to be none or private_key_jwt");
    };
  }

  /// From `LATCHKEY_PORTAL_LOOKUP_SYSTEM`, `LATCHKEY_PORTAL_LOOKUP_CLAIM` and
  /// `LATCHKEY_PORTAL_LOOKUP_CLIENT_ID`, which there is once this server is registered at itself.
  static Optional<LookupSettings> lookup(Map<String, String> environment) {
    return Optional.of(environment.getOrDefault("LATCHKEY_PORTAL_LOOKUP_SYSTEM", ""))
        .filter(system -> !system.isBlank())
        .map(
            system ->
                new LookupSettings(
                    Settings.required(environment, "LATCHKEY_ISSUER"),
                    environment.getOrDefault("LATCHKEY_PORTAL_LOOKUP_CLIENT_ID", ""),
                    Settings.fhirBase(environment),
                    system,
                    environment.getOrDefault(
                        "LATCHKEY_PORTAL_LOOKUP_CLAIM", LookupSettings.SUBJECT)));
  }

  /// Where people sign in other than at this server's own page. Calls nothing.
  static Optional<Portal> portal(
      Settings settings, Stores stores, InstantSource clock, Entropy entropy) {
    var page = settings.signIn().page();
    return page.isEmpty()
        ? AwsClients.portal(settings.region(), settings.signIn().portalFunction())
        : Optional.of(new OwnPage(page, stores.signInHandles(), clock, entropy));
  }

  /// What the sign-in page of the team's own asks and says.
  public static PageCommands pageCommands(Wiring wiring) {
    return PageCommands.over(
        wiring.stores().signInHandles(), wiring.identity(), wiring.clock(), wiring.entropy());
  }

  /// From `LATCHKEY_PORTAL_FUNCTION` and `LATCHKEY_SIGN_IN_PAGE`.
  ///
  /// @throws IllegalStateException when both are set, or the page is none to send people to
  static Settings.SignIn signIn(Map<String, String> environment) {
    var portal = environment.getOrDefault("LATCHKEY_PORTAL_FUNCTION", "");
    var page = environment.getOrDefault("LATCHKEY_SIGN_IN_PAGE", "");
    if (!portal.isEmpty() && !page.isEmpty()) {
      throw new IllegalStateException(
          "Set LATCHKEY_PORTAL_FUNCTION or LATCHKEY_SIGN_IN_PAGE, not both");
    }
    if (!page.isEmpty() && !page.startsWith("https://")) {
      throw new IllegalStateException("LATCHKEY_SIGN_IN_PAGE has to begin with https://");
    }
    return new Settings.SignIn(portal, page);
  }

  /// The way there and back in the functions that talk to a browser.
  static Optional<PortalDoor> door(Wiring wiring) {
    return wiring
        .portal()
        .map(
            portal ->
                new PortalDoor(
                    portal,
                    wiring.browserSessions(),
                    wiring.stores().usedIdentifiers(),
                    wiring.identity(),
                    wiring.entropy()));
  }

  /// From `LATCHKEY_PORTAL_ISSUER`, `LATCHKEY_PORTAL_CLIENT_ID`, `LATCHKEY_PORTAL_FHIR_USER_CLAIM`
  /// and `LATCHKEY_PORTAL_PATIENTS_CLAIM`.
  static Optional<PortalSettings> settings(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("LATCHKEY_PORTAL_ISSUER"))
        .filter(issuer -> !issuer.isBlank())
        .map(
            issuer ->
                new PortalSettings(
                    issuer,
                    Settings.required(environment, "LATCHKEY_PORTAL_CLIENT_ID"),
                    Settings.fhirBase(environment),
                    environment.getOrDefault(
                        "LATCHKEY_PORTAL_FHIR_USER_CLAIM", PortalSettings.FHIR_USER),
                    environment.getOrDefault(
                        "LATCHKEY_PORTAL_PATIENTS_CLAIM", PortalSettings.PATIENTS)));
  }
}
