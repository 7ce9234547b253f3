package dev.latchkey.launch;

import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an app was opened for. Frozen when the user allows access: every refresh and every
/// introspection repeats it (SMART 2.2, launch context).
///
/// @param patient the bare id of the patient whose record the app may see, if one was chosen
/// @param encounter the bare id of the encounter that was open or chosen, one of the patient's
/// @param others whatever else was open (`fhirContext`)
/// @param intent what the user wants to do in the app, in a word that app and EHR agreed on
/// @param tenant the organisation within the EHR
/// @param frame how the app is shown; null where no EHR shows it
/// @param appContext what whoever asked for the launch has to tell the app
public record LaunchContext(
    @Nullable String patient,
    @Nullable String encounter,
    List<ContextReference> others,
    @Nullable String intent,
    @Nullable String tenant,
    @Nullable AppFrame frame,
    @Nullable AppContext appContext) {
  private static final String APP_CONTEXT = "appContext";

  /// @throws IllegalArgumentException for an encounter of nobody
  public LaunchContext {
    others = List.copyOf(others);
    if (encounter != null && patient == null) {
      throw new IllegalArgumentException("An encounter without its patient");
    }
  }

  /// Of an app that no EHR opened.
  public LaunchContext(@Nullable String patient) {
    this(patient, null, List.of(), null, null, null, null);
  }

  public static LaunchContext none() {
    return new LaunchContext(null);
  }

  /// Of an app that no EHR opened, as the user chose it.
  ///
  /// @throws IllegalArgumentException for an encounter of nobody
  public static LaunchContext chosen(@Nullable String patient, @Nullable String encounter) {
    return new LaunchContext(patient, encounter, List.of(), null, null, null, null);
  }

  /// The same with the patient that the user chose, where no patient was open in the EHR.
  public LaunchContext orPatient(@Nullable String chosen) {
    return patient == null
        ? new LaunchContext(chosen, null, others, intent, tenant, frame, appContext)
        : this;
  }

  /// Whether a resource of this type was open or chosen, besides the patient.
  ///
  /// @param lowerCaseType as in `launch/{type}`, such as `imagingstudy`
  public boolean has(String lowerCaseType) {
    return lowerCaseType.equals("encounter")
        ? encounter != null
        : others.stream().anyMatch(other -> other.isOf(lowerCaseType));
  }

  /// The members that say so in token and introspection responses (SMART 2.2).
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    Json.putIfPresent(members, "patient", patient);
    members.putAll(details());
    return members;
  }

  /// The members beside `patient`: of an app that no EHR opened, the encounter at most.
  public Map<String, Object> details() {
    var members = new LinkedHashMap<String, Object>();
    Json.putIfPresent(members, "encounter", encounter);
    if (!others.isEmpty()) {
      members.put("fhirContext", others.stream().map(ContextReference::members).toList());
    }
    Json.putIfPresent(members, "intent", intent);
    Json.putIfPresent(members, "tenant", tenant);
    if (frame != null) {
      members.putAll(frame.members());
    }
    if (appContext != null) {
      members.put(APP_CONTEXT, appContext.text());
    }
    return members;
  }

  /// Reads what [#details] wrote.
  public static LaunchContext of(@Nullable String patient, Map<?, ?> details) {
    return new LaunchContext(
        patient,
        text(details, "encounter"),
        ContextReference.list(details.get("fhirContext")),
        text(details, "intent"),
        text(details, "tenant"),
        AppFrame.of(details),
        AppContext.of(text(details, APP_CONTEXT)));
  }

  public Optional<String> patientId() {
    return Optional.ofNullable(patient);
  }

  static @Nullable String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : null;
  }
}
