package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.RecordType;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Whether the scopes of a token allow something on one resource at hand. A scope with a filter
/// (`patient/Observation.rs?category=...`) allows it on some resources of the type only.
///
/// What is labelled as restricted is shown to the patient alone ([Labels]).
///
/// In a patient's record those scopes count that are about this patient; what belongs to nobody is
/// open to all of them.
final class ResourceCheck {
  private final FhirContext fhir;
  private final PatientRecord record;

  ResourceCheck(FhirContext fhir, PatientRecord record) {
    this.fhir = fhir;
    this.record = record;
  }

  boolean allows(AccessToken token, IBaseResource resource, Interaction interaction) {
    var type = fhir.getResourceType(resource);
    if (!shows(token, resource)) {
      return false;
    }
    return switch (permission(token, resource, type, interaction)) {
      case Permission.Full() -> true;
      case Permission.Filtered(var filter) -> filter.accepts(categories(resource, type));
      case Permission.None() -> false;
    };
  }

  /// Whether the resource is for this token as far as its labels say.
  boolean shows(AccessToken token, IBaseResource resource) {
    return !isRestricted(resource) || record.owner(resource).filter(token::isOfPatient).isPresent();
  }

  /// The directory says nothing about a patient, so no patient's secret is in it.
  boolean isRestricted(IBaseResource resource) {
    return Labels.isRestricted(resource)
        && record.kind(fhir.getResourceType(resource)) != Kind.DIRECTORY;
  }

  private Permission permission(
      AccessToken token, IBaseResource resource, String type, Interaction interaction) {
    return token.isOfService() || record.kind(type) == Kind.DIRECTORY
        ? token.permission(type, interaction)
        : record
            .owner(resource)
            .map(owner -> token.permission(type, interaction, owner))
            .orElseGet(Permission.None::new);
  }

  /// The types that may be read or searched in this patient's record, with the directory and
  /// without the log of accesses.
  Set<String> typesIn(AccessToken token, String owner) {
    return Stream.of(RecordType.values())
        .map(RecordType::fhirName)
        .filter(type -> record.kind(type) != Kind.TRAIL)
        .filter(
            type ->
                Stream.of(Interaction.READ, Interaction.SEARCH)
                    .anyMatch(one -> isAllowedIn(token, owner, type, one)))
        .collect(toSet());
  }

  private boolean isAllowedIn(
      AccessToken token, String owner, String type, Interaction interaction) {
    return record.kind(type) == Kind.DIRECTORY
        ? token.allows(type, interaction)
        : !(token.permission(type, interaction, owner) instanceof Permission.None);
  }

  /// A code of another system is another category, whatever it is called.
  private Set<RecordCategory> categories(IBaseResource resource, String typeName) {
    return RecordType.of(typeName).stream()
        .flatMap(
            type ->
                fhir.newTerser().getValues(resource, "category.coding", IBaseCoding.class).stream()
                    .map(coding -> coding.getSystem() + "|" + coding.getCode())
                    .flatMap(token -> RecordCategory.of(type, token).stream()))
        .collect(toSet());
  }
}
