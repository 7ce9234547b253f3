package dev.latchkey.portal;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Passwords;
import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.secret.SecretHash;
import java.util.List;

/// Somebody who signed in at the portal.
///
/// @param issuer of the portal
/// @param subject their `sub` there
/// @param fhirUser relative reference such as `Patient/ana`
/// @param patients whose records they may share
/// @param authenticatedAt when the portal asked them who they are, seconds since the epoch
/// @param isTimeSaid whether the portal said so, and not only when it made its answer
public record PortalUser(
    String issuer,
    String subject,
    String name,
    String fhirUser,
    List<PatientAccess> patients,
    long authenticatedAt,
    boolean isTimeSaid,
    Assurance assurance) {
  private static final String PREFIX = "portal:";

  public PortalUser {
    patients = List.copyOf(patients);
  }

  /// The same person among our users. Their `sub` is ours: the same for as long as the portal calls
  /// them the same, and telling an app nothing about them there. They have no password here.
  public User account() {
    var sub = SecretHash.of(issuer + "\n" + subject).value();
    return new User(PREFIX + sub, sub, name, Passwords.NONE, fhirUser, patients);
  }

  @Override
  public String toString() {
    return "PortalUser[redacted]";
  }
}
