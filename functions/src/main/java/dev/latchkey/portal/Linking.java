package dev.latchkey.portal;

import java.util.Map;

/// Links somebody who signed in at the portal to the people of the FHIR server.
@FunctionalInterface
public interface Linking {
  /// Who they are there.
  ///
  /// @param claims that are believed, with a `sub`
  /// @param issuedAt when they were made, seconds since the epoch
  Portal.Answer link(Map<String, Object> claims, long issuedAt);
}
