package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.scope.RecordType;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/// Which resources make up one patient's record.
///
/// A resource belongs to the patient whom its FHIR search parameter `patient` names: the subject,
/// the beneficiary, the bearer of a device. That is narrower than the patient compartment (FHIR R4,
/// CompartmentDefinition/patient), which also holds what a patient took part in, such as a child's
/// observation that a parent made.
///
/// Types without that parameter (Organization, Practitioner, PractitionerRole, Location,
/// Medication) are the directory that records point at. It says nothing about a patient, so a scope
/// for the type opens all of it.
public final class PatientRecord {
  /// How resources of a type relate to patients.
  enum Kind {
    /// The patient.
    PATIENT,
    /// Belongs to one patient.
    ENTRY,
    /// Belongs to nobody.
    DIRECTORY,
    /// Says who has reached the record of one patient. It is kept apart from the records: nothing
    /// leads from one to the other.
    TRAIL,
    /// Never reachable through a patient's scopes.
    OUTSIDE
  }

  static final String PATIENT = "Patient";
  private static final String TRAIL = "AuditEvent";

  /// An AuditEvent also has a search parameter `patient`, which is about what a patient did, too.
  private static final String TRAIL_OWNER = "entity";

  private static final String OWNER = "patient";
  private static final String ONLY_PATIENTS = ".where(resolve() is Patient)";

  private final FhirContext fhir;
  private final String fhirBase;

  /// @param fhirBase without trailing slash: a reference to another server names another patient
  public PatientRecord(FhirContext fhir, String fhirBase) {
    this.fhir = fhir;
    this.fhirBase = fhirBase;
  }

  Kind kind(String type) {
    if (!RecordType.isServed(type)) {
      return Kind.OUTSIDE;
    }
    if (type.equals(PATIENT)) {
      return Kind.PATIENT;
    }
    if (type.equals(TRAIL)) {
      return Kind.TRAIL;
    }
    return fhir.getResourceDefinition(type).getSearchParam(OWNER) == null
        ? Kind.DIRECTORY
        : Kind.ENTRY;
  }

  boolean isEntry(@Nullable String type) {
    return type != null && kind(type) == Kind.ENTRY;
  }

  /// The search parameter that says whose record an entry is in.
  String ownerParameter(String type) {
    return switch (type) {
      case PATIENT -> "_id";
      case TRAIL -> TRAIL_OWNER;
      default -> OWNER;
    };
  }

  /// The search parameters that read the same element, such as `patient` and `subject`.
  Set<String> ownerParameters(String type) {
    if (kind(type) != Kind.ENTRY) {
      return Set.of(ownerParameter(type));
    }
    var element = ownerElement(type);
    return fhir.getResourceDefinition(type).getSearchParams().stream()
        .filter(parameter -> ownElement(parameter.getPath()).equals(element))
        .map(parameter -> parameter.getName())
        .collect(Collectors.toSet());
  }

  /// The path of the parameter that says whose record an entry is in, as HAPI indexes it.
  String ownerPath(String type) {
    return fhir.getResourceDefinition(type).getSearchParam(ownerParameter(type)).getPath();
  }

  /// Whether whatever is found by the owner parameter of a type belongs to that owner, or to
  /// nobody: an entry that may name several patients can be none of theirs.
  boolean hasOneOwner(String type) {
    return switch (kind(type)) {
      case DIRECTORY -> true;
      case ENTRY -> {
        var name = ownerElement(type).substring(type.length() + 1);
        var element = fhir.getResourceDefinition(type).getChildByName(name);
        yield element != null && element.getMax() == 1;
      }
      case PATIENT, TRAIL, OUTSIDE -> false;
    };
  }

  private String ownerElement(String type) {
    return ownElement(ownerPath(type));
  }

  private static String ownElement(String path) {
    return path.replace(ONLY_PATIENTS, "");
  }

  /// Whether a resource belongs to one of these patients and to no other.
  boolean isHeldBy(IBaseResource resource, Set<String> patients) {
    return owner(resource).filter(patients::contains).isPresent();
  }

  /// The one patient that a resource belongs to; nobody where it names several, or none.
  Optional<String> owner(IBaseResource resource) {
    var type = fhir.getResourceType(resource);
    return switch (kind(type)) {
      case PATIENT -> Optional.ofNullable(resource.getIdElement().getIdPart());
      case ENTRY, TRAIL -> ownerOfEntry(resource, type);
      case DIRECTORY, OUTSIDE -> Optional.empty();
    };
  }

  private Optional<String> ownerOfEntry(IBaseResource resource, String type) {
    var owners = references(resource, type).toList();
    return owners.stream()
        .findFirst()
        .map(IIdType::getIdPart)
        .filter(first -> owners.stream().allMatch(owner -> names(owner, first)));
  }

  private Stream<IIdType> references(IBaseResource resource, String type) {
    return fhir.newTerser().getValues(resource, ownerElement(type), IBaseReference.class).stream()
        .map(IBaseReference::getReferenceElement)
        .filter(reference -> PATIENT.equals(reference.getResourceType()));
  }

  /// Whether a reference points at this patient on this server.
  boolean names(IIdType reference, String patient) {
    return PATIENT.equals(reference.getResourceType())
        && patient.equals(reference.getIdPart())
        && (!reference.isAbsolute() || fhirBase.equals(reference.getBaseUrl()));
  }
}
