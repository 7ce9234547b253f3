package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;

import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.RecordType;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.scope.ServiceType;
import dev.latchkey.token.TokenType;
import jakarta.servlet.ServletRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an accepted access token allows.
///
/// @param holder on whose behalf it is used
/// @param type whether it works only with the key that it is bound to
/// @param client the app (claim `client_id`)
/// @param scopes as granted; words that this server does not know are left out
/// @param patient the bare id of the patient whose record the app may reach; null for none
/// @param fhirUser the signed-in user as `Type/id`; null when the claim is absent
/// @param userPatients the bare ids of the patients whose records the user may see now; empty when
///   no scope asks for them
/// @param self the bare id of the patient that the user is, whatever the app may know of it; null
///   for a proxy, for somebody who works here and for a service
public record AccessToken(
    Holder holder,
    TokenType type,
    String client,
    ScopeSet scopes,
    @Nullable String patient,
    @Nullable String fhirUser,
    Set<String> userPatients,
    @Nullable String self) {

  public AccessToken {
    userPatients = Set.copyOf(userPatients);
  }

  /// On whose behalf a token is used.
  public enum Holder {
    /// A user, who allowed it for one record.
    USER,
    /// A backend service, which was registered for the data of everybody.
    SERVICE
  }

  private static final String ATTRIBUTE = AccessToken.class.getName();

  /// A token as an app would get it for this patient from this user, for searches of our own.
  ///
  /// @param scopes of the context `patient`
  static AccessToken ofUser(ScopeSet scopes, String patient, String fhirUser) {
    return new AccessToken(
        Holder.USER, TokenType.BEARER, "", scopes, patient, fhirUser, Set.of(), self(fhirUser));
  }

  /// The token that the filter accepted for this request.
  static Optional<AccessToken> of(@Nullable ServletRequest request) {
    return request != null && request.getAttribute(ATTRIBUTE) instanceof AccessToken token
        ? Optional.of(token)
        : Optional.empty();
  }

  /// The patient that a user is: `ana` for `Patient/ana`, null for everybody else.
  static @Nullable String self(String fhirUser) {
    var prefix = PatientRecord.PATIENT + "/";
    return fhirUser.startsWith(prefix) ? fhirUser.substring(prefix.length()) : null;
  }

  void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  boolean isOfService() {
    return holder == Holder.SERVICE;
  }

  /// Whether the app is used by this very patient: what is labelled as restricted is shown to
  /// nobody else.
  boolean isOfPatient(String owner) {
    return !isOfService() && owner.equals(self);
  }

  /// What the scopes say about the interaction on this type, taken together: on what belongs to
  /// nobody, and in some record at least. A wildcard means the types of a patient's record, not
  /// those that a FHIR server keeps for itself.
  Permission permission(String type, Interaction interaction) {
    return permission(contexts(), type, interaction);
  }

  /// What they say about it in this patient's record. A scope of one context lifts no limit of
  /// another: `patient/` is about the patient in context, `user/` about those of the user.
  Permission permission(String type, Interaction interaction, String owner) {
    return permission(contexts(owner), type, interaction);
  }

  private Permission permission(Set<ScopeContext> contexts, String type, Interaction interaction) {
    return RecordType.isServed(type) || (isOfService() && ServiceType.isServed(type))
        ? scopes.permission(contexts, type, interaction)
        : new Permission.None();
  }

  /// The kinds of scopes that count. Scopes of another kind allow nothing, however a token came by
  /// them.
  private Set<ScopeContext> contexts() {
    if (isOfService()) {
      return Set.of(ScopeContext.SYSTEM);
    }
    var contexts = EnumSet.noneOf(ScopeContext.class);
    if (patient != null) {
      contexts.add(ScopeContext.PATIENT);
    }
    if (!userPatients.isEmpty()) {
      contexts.add(ScopeContext.USER);
    }
    return contexts;
  }

  private Set<ScopeContext> contexts(String owner) {
    var contexts = EnumSet.noneOf(ScopeContext.class);
    if (!isOfService() && owner.equals(patient)) {
      contexts.add(ScopeContext.PATIENT);
    }
    if (!isOfService() && userPatients.contains(owner)) {
      contexts.add(ScopeContext.USER);
    }
    return contexts;
  }

  /// The patients of whose records anything may be reached.
  Set<String> records() {
    var owners = new TreeSet<>(userPatients);
    if (patient != null) {
      owners.add(patient);
    }
    return owners;
  }

  /// The patients in whose records one of these interactions is allowed on this type, in order.
  Set<String> recordsWith(String type, Interaction... interactions) {
    var owners = records();
    owners.removeIf(
        owner ->
            Stream.of(interactions)
                .allMatch(one -> permission(type, one, owner) instanceof Permission.None));
    return owners;
  }

  /// The kind of scope that would allow what is not allowed.
  ScopeContext lackingContext() {
    if (isOfService()) {
      return ScopeContext.SYSTEM;
    }
    return patient == null && scopes.of(ScopeContext.USER).findAny().isPresent()
        ? ScopeContext.USER
        : ScopeContext.PATIENT;
  }

  /// Whether the interaction is allowed on some resources of this type at least.
  boolean allows(String type, Interaction interaction) {
    return !(permission(type, interaction) instanceof Permission.None);
  }

  /// Whether it is allowed on all of them that a service, or whoever reads the directory, reaches.
  boolean allowsAll(String type, Interaction interaction) {
    return permission(type, interaction) instanceof Permission.Full;
  }

  /// Whether this is the signed-in user, whom `openid fhirUser` makes readable (SMART App Launch
  /// 2.2, scopes for requesting identity data).
  boolean isOwnUser(String type, String id) {
    return (type + "/" + id).equals(fhirUser)
        && scopes.contains(NamedScope.OPENID)
        && scopes.contains(NamedScope.FHIR_USER);
  }

  /// The types on which one of these interactions is allowed.
  Set<String> typesWith(Interaction... interactions) {
    return Stream.concat(
            Stream.of(RecordType.values()).map(RecordType::fhirName),
            Stream.of(ServiceType.values()).map(ServiceType::fhirName))
        .filter(type -> Stream.of(interactions).anyMatch(one -> allows(type, one)))
        .collect(toSet());
  }
}
