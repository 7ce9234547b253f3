package dev.latchkey.scope;

import java.util.Optional;
import java.util.Set;

/// A scope about identity, context or lifetime rather than data.
public record NamedScope(String spelled) implements Scope {
  public static final NamedScope OPENID = new NamedScope("openid");
  public static final NamedScope FHIR_USER = new NamedScope("fhirUser");
  public static final NamedScope LAUNCH = new NamedScope("launch");
  public static final NamedScope LAUNCH_PATIENT = new NamedScope("launch/patient");
  public static final NamedScope OFFLINE_ACCESS = new NamedScope("offline_access");
  public static final NamedScope ONLINE_ACCESS = new NamedScope("online_access");

  /// All that this server understands.
  public static final Set<NamedScope> KNOWN =
      Set.of(OPENID, FHIR_USER, LAUNCH, LAUNCH_PATIENT, OFFLINE_ACCESS, ONLINE_ACCESS);

  /// Whether it is about how long access lasts.
  public boolean isLasting() {
    return equals(OFFLINE_ACCESS) || equals(ONLINE_ACCESS);
  }

  static Optional<NamedScope> parse(String text) {
    return Optional.of(new NamedScope(text)).filter(KNOWN::contains);
  }
}
