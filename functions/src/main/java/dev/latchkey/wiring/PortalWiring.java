package dev.latchkey.wiring;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.portal.OpenIdPortal;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.portal.PortalSettings;
import dev.latchkey.portal.page.OwnPage;
import dev.latchkey.portal.page.PageCommands;
import dev.latchkey.secret.Entropy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Sign-in at the organisation's portal.
public final class PortalWiring {
  private PortalWiring() {}

  /// The portal as the function that is made for it asks it, from its environment; empty where no
  /// portal is set up. Calls nothing.
  public static Optional<Portal> onAws() {
    return settings(System.getenv())
        .map(
            portal ->
                new OpenIdPortal(portal, GuardedCalls.onTheInternet(), InstantSource.system()));
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
