package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.RecordType;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;

/// Whether the scopes of a token allow something on one resource at hand. A scope with a filter
/// (`patient/Observation.rs?category=...`) allows it on some resources of the type only.
final class ResourceCheck {
  private final FhirContext fhir;

  ResourceCheck(FhirContext fhir) {
    this.fhir = fhir;
  }

  boolean allows(AccessToken token, IBaseResource resource, Interaction interaction) {
    var type = fhir.getResourceType(resource);
    return switch (token.permission(type, interaction)) {
      case Permission.Full() -> true;
      case Permission.Filtered(var filter) -> filter.accepts(categories(resource, type));
      case Permission.None() -> false;
    };
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
