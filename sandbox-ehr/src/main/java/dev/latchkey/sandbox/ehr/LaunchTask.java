package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.User;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UrlType;

/// A wish that somebody opens an app (SMART 2.2, profiles `task-ehr-launch` and
/// `task-standalone-launch`), as it is written in a FHIR Task. Texts are as they were written.
///
/// References are relative, such as `Patient/dolores`; one that leads elsewhere is the empty text,
/// which nobody has.
///
/// @param id bare FHIR id
/// @param address of the app (`launchurl`); empty where there is none or more than one
/// @param appContext what to tell the app; only in an EHR launch
/// @param isClear whether it says nothing twice, and each thing in the type that the profile asks
///   for
/// @param about the patient, if any
/// @param encounter of that patient, if any
/// @param owner who should do it; empty for whoever cares for the patient, and the patient
/// @param description what to do
/// @param reason why
/// @param requester who asked, in words
/// @param authored ISO date
record LaunchTask(
    String id,
    Kind kind,
    String address,
    Optional<String> appContext,
    boolean isClear,
    Optional<String> about,
    Optional<String> encounter,
    Optional<String> owner,
    String description,
    String reason,
    String requester,
    String authored) {

  /// How the app is opened.
  enum Kind {
    /// From within the EHR, with what is open in it.
    EHR("launch-app-ehr", "task-ehr-launch"),
    /// As an app that stands alone: it is told nothing.
    STANDALONE("launch-app-standalone", "task-standalone-launch");

    private final String code;
    private final String profile;

    Kind(String code, String profile) {
      this.code = code;
      this.profile = profile;
    }

    String code() {
      return code;
    }

    String profile() {
      return "http://hl7.org/fhir/smart-app-launch/StructureDefinition/" + profile;
    }
  }

  static final String CODES = "http://hl7.org/fhir/smart-app-launch/CodeSystem/smart-codes";

  /// What is still to do. Drafts and what is on hold are not.
  static final Set<TaskStatus> OPEN =
      EnumSet.of(
          TaskStatus.REQUESTED,
          TaskStatus.RECEIVED,
          TaskStatus.ACCEPTED,
          TaskStatus.READY,
          TaskStatus.INPROGRESS);

  static final String ADDRESS = "smartonfhir-application";
  static final String APP_CONTEXT = "smartonfhir-appcontext";

  /// Empty for a task that is over, or about something else.
  static Optional<LaunchTask> of(Task task) {
    return OPEN.contains(task.getStatus())
        ? kind(task.getCode()).map(kind -> of(task, kind))
        : Optional.empty();
  }

  private static LaunchTask of(Task task, Kind kind) {
    var addresses = inputs(task, ADDRESS);
    var contexts = kind == Kind.EHR ? inputs(task, APP_CONTEXT) : List.<Type>of();
    return new LaunchTask(
        task.getIdElement().getIdPart(),
        kind,
        addresses.size() == 1 && addresses.getFirst() instanceof UrlType url
            ? String.valueOf(url.getValue())
            : "",
        contexts.stream()
            .filter(StringType.class::isInstance)
            .map(Type::primitiveValue)
            .findFirst(),
        addresses.size() == 1
            && addresses.stream().allMatch(UrlType.class::isInstance)
            && contexts.size() <= 1
            && contexts.stream().allMatch(StringType.class::isInstance),
        reference(task.hasFor(), task.getFor()),
        reference(task.hasEncounter(), task.getEncounter()),
        reference(task.hasOwner(), task.getOwner()),
        task.hasDescription() ? task.getDescription() : "",
        task.getReasonCode().hasText() ? task.getReasonCode().getText() : "",
        task.getRequester().hasDisplay() ? task.getRequester().getDisplay() : "",
        task.hasAuthoredOn() ? task.getAuthoredOnElement().getValueAsString() : "");
  }

  private static Optional<Kind> kind(CodeableConcept code) {
    return List.of(Kind.values()).stream()
        .filter(kind -> code.hasCoding(CODES, kind.code()))
        .findFirst();
  }

  private static List<Type> inputs(Task task, String code) {
    return task.getInput().stream()
        .filter(input -> input.getType().hasCoding(CODES, code))
        .map(ParameterComponent::getValue)
        .toList();
  }

  private static Optional<String> reference(boolean isThere, Reference written) {
    if (!isThere) {
      return Optional.empty();
    }
    var reference = written.getReferenceElement();
    return Optional.of(
        reference.hasIdPart() && !reference.isAbsolute()
            ? reference.toUnqualifiedVersionless().getValue()
            : "");
  }

  /// Whether this user should do it: its owner, or, where nobody owns it, whoever may open the
  /// patient's record. What a patient should do is also for those who act for the patient.
  boolean isFor(User user) {
    if (owner.isPresent() && owner.get().equals(user.fhirUser())) {
      return true;
    }
    var forPatient = owner.isPresent() && owner.equals(about) && !isClinician(user);
    return (owner.isEmpty() || forPatient) && patientOf(user).isPresent();
  }

  /// The patient it is about, if it is one of the user's.
  Optional<User.PatientAccess> patientOf(User user) {
    return about
        .filter(reference -> reference.startsWith("Patient/"))
        .flatMap(reference -> user.patient(reference.substring("Patient/".length())));
  }

  /// Bare id of the encounter; empty for something that is none.
  Optional<String> encounterId() {
    return encounter.map(
        reference ->
            reference.startsWith("Encounter/") ? reference.substring("Encounter/".length()) : "");
  }

  static boolean isClinician(User user) {
    return user.fhirUser().startsWith("Practitioner/");
  }
}
