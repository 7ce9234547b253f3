package dev.latchkey.launch;

import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One resource that was open when the app was opened, an entry of `fhirContext` (SMART 2.2).
///
/// @param reference relative, such as `ImagingStudy/123`; patient and encounter have members of
///   their own
/// @param role what it is to the launch, an absolute URI; null for the usual, `launch`
public record ContextReference(String reference, @Nullable String role) {
  private static final Pattern RELATIVE =
      Pattern.compile("[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}");

  /// @throws IllegalArgumentException for a reference that SMART does not allow here
  public ContextReference {
    if (!isReference(reference)) {
      throw new IllegalArgumentException("No reference for fhirContext: " + reference);
    }
  }

  /// Whether this can stand in `fhirContext` without a role.
  public static boolean isReference(String text) {
    return RELATIVE.matcher(text).matches()
        && !text.startsWith("Patient/")
        && !text.startsWith("Encounter/");
  }

  boolean isOf(String lowerCaseType) {
    return reference.toLowerCase(Locale.ROOT).startsWith(lowerCaseType + "/");
  }

  Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("reference", reference);
    Json.putIfPresent(members, "role", role);
    return members;
  }

  static List<ContextReference> list(@Nullable Object written) {
    return written instanceof List<?> entries
        ? entries.stream()
            .filter(Map.class::isInstance)
            .map(entry -> of((Map<?, ?>) entry))
            .toList()
        : List.of();
  }

  private static ContextReference of(Map<?, ?> members) {
    return new ContextReference(
        String.valueOf(members.get("reference")), LaunchContext.text(members, "role"));
  }
}
