package dev.latchkey.sandbox.access;

import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.RecordType;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.TokenType;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
public record AccessToken(
    Holder holder,
    TokenType type,
    String client,
    ScopeSet scopes,
    @Nullable String patient,
    @Nullable String fhirUser) {

  /// On whose behalf a token is used.
  public enum Holder {
    /// A user, who allowed it for one record.
    USER,
    /// A backend service, which was registered for the data of everybody.
    SERVICE
  }

  private static final String ATTRIBUTE = AccessToken.class.getName();

  /// The token that the filter accepted for this request.
  static Optional<AccessToken> of(@Nullable ServletRequest request) {
    return request != null && request.getAttribute(ATTRIBUTE) instanceof AccessToken token
        ? Optional.of(token)
        : Optional.empty();
  }

  void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  boolean isOfService() {
    return holder == Holder.SERVICE;
  }

  /// The one kind of scopes that counts. Scopes of the other kind allow nothing, however a token
  /// came by them.
  ScopeContext context() {
    return isOfService() ? ScopeContext.SYSTEM : ScopeContext.PATIENT;
  }

  /// Whether a scope allows the interaction on this type. A wildcard means the types of a patient's
  /// record, not those that a FHIR server keeps for itself.
  boolean allows(String type, Interaction interaction) {
    return (isOfService() || patient != null)
        && RecordType.isServed(type)
        && scopes.allows(context(), type, interaction);
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
    return Stream.of(RecordType.values())
        .map(RecordType::fhirName)
        .filter(type -> Stream.of(interactions).anyMatch(one -> allows(type, one)))
        .collect(Collectors.toSet());
  }
}
