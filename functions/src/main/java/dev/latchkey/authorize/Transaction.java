package dev.latchkey.authorize;

import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.LaunchScope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pending authorization, from a checked request to the patient's decision.
///
/// @param handle hash of the [TransactionId]
/// @param browser hash of the cookie of the browser that it belongs to; changes at sign-in, so that
///   a cookie planted before sign-in is worth nothing after it
/// @param user set at sign-in
/// @param patient the id of the patient chosen, set at patient choice
/// @param encounter the id of the encounter that the user chose of that patient's; null for none,
///   and where an EHR says what is open
/// @param launch what an EHR opened the app for; null for a standalone launch
/// @param expiresAt seconds since the epoch
public record Transaction(
    SecretHash handle,
    AuthorizationRequest request,
    SecretHash browser,
    @Nullable SignedInUser user,
    @Nullable String patient,
    @Nullable String encounter,
    @Nullable Launch launch,
    long expiresAt) {

  public Optional<SignedInUser> signedInUser() {
    return Optional.ofNullable(user);
  }

  public Optional<String> chosenPatient() {
    return Optional.ofNullable(patient);
  }

  public Optional<Launch> ehrLaunch() {
    return Optional.ofNullable(launch);
  }

  /// What the app is told of the context once access is allowed.
  public LaunchContext context() {
    return launch == null
        ? LaunchContext.chosen(patient, encounter)
        : launch.context().orPatient(patient);
  }

  /// What the user is asked for: without `launch/{type}` where nothing of that type was open or
  /// chosen. An app asks every server for the same list, so that is no error (RFC 6749 section
  /// 3.3).
  public ScopeSet offered() {
    return ofContext(request.scopes());
  }

  /// The same of some of these scopes.
  public ScopeSet ofContext(ScopeSet scopes) {
    var context = context();
    return scopes.filter(
        scope -> !(scope instanceof LaunchScope asked) || context.has(asked.type()));
  }

  /// The same transaction after sign-in. The patient is forgotten: another user has other patients.
  public Transaction signedInAs(SignedInUser signedIn, SecretHash newBrowser) {
    return new Transaction(handle, request, newBrowser, signedIn, null, null, launch, expiresAt);
  }

  /// The same transaction after the user signed out to let somebody else sign in.
  public Transaction signedOut(SecretHash newBrowser) {
    return new Transaction(handle, request, newBrowser, null, null, null, launch, expiresAt);
  }

  /// The same transaction about this patient, of whom no encounter is chosen yet.
  public Transaction forPatient(String patientId) {
    return new Transaction(handle, request, browser, user, patientId, null, launch, expiresAt);
  }

  /// The same transaction about this encounter of its patient.
  ///
  /// @param encounterId null for none
  public Transaction forEncounter(@Nullable String encounterId) {
    return new Transaction(handle, request, browser, user, patient, encounterId, launch, expiresAt);
  }
}
