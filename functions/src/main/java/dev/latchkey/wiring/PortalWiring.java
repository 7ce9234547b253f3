package dev.latchkey.wiring;

import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.portal.OpenIdPortal;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.portal.PortalSettings;
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
