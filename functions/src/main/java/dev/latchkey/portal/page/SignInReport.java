package dev.latchkey.portal.page;

import dev.latchkey.portal.ClaimMapping;
import dev.latchkey.portal.PortalSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a page says of somebody who signed in there. It is read strictly, since whoever made the
/// page can mend it; a portal's claims, which nobody here can mend, are read as far as they go.
record SignInReport(Map<String, Object> claims, ClaimMapping mapping, Instant now) {
  private static final Set<String> MEMBERS =
      Set.of(
          "sub",
          "name",
          "birthdate",
          PortalSettings.FHIR_USER,
          PortalSettings.PATIENTS,
          "auth_time",
          "acr",
          "amr");
  private static final Set<String> OF_A_PATIENT = Set.of("id", "name", "birthDate", "relationship");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?");
  private static final int LONGEST = 255;
  private static final int LONGEST_CONTEXT_CLASS = 200;
  private static final int LONGEST_METHOD = 50;
  private static final int MOST_METHODS = 10;
  private static final long CLOCK_DIFFERENCE = 60;

  private record Check(String wanted, Holds holds) {
    private interface Holds {
      boolean test(SignInReport report);
    }
  }

  /// In this order.
  private static final List<Check> CHECKS =
      List.of(
          new Check("sub has to be a text of 1 to 255 characters", SignInReport::hasSubject),
          new Check(
              "auth_time has to say when they were asked who they are, in seconds since 1970, and"
                  + " not be later than now",
              SignInReport::hasTime),
          new Check(
              "name has to be a text of at most 255 characters",
              report -> isText(report.claims.get("name"))),
          new Check(
              "birthdate has to be a date such as 1988-04-02",
              report -> isDate(report.claims.get("birthdate"))),
          new Check(
              "fhirUser has to be a reference such as Patient/123; leave it out for somebody"
                  + " without a record",
              SignInReport::hasReference),
          new Check(
              "patients has to be a list of at most 20 patients, each an id or an object with id,"
                  + " name, birthDate and relationship",
              SignInReport::hasPatients),
          new Check(
              "acr has to be a text of at most 200 characters", SignInReport::hasContextClass),
          new Check(
              "amr has to be a list of at most 10 texts such as pwd", SignInReport::hasMethods));

  /// What is wrong with it, for whoever made the page.
  Optional<String> problem() {
    var unknown = new TreeSet<>(claims.keySet());
    unknown.removeAll(MEMBERS);
    return unknown.isEmpty()
        ? CHECKS.stream()
            .filter(check -> !check.holds().test(this))
            .map(check -> "In user, " + check.wanted() + ".")
            .findFirst()
        : Optional.of(
            "In user, only these members are known: " + String.join(", ", new TreeSet<>(MEMBERS)));
  }

  private boolean hasSubject() {
    return claims.get("sub") instanceof String sub && !sub.isBlank() && sub.length() <= LONGEST;
  }

  private boolean hasTime() {
    return claims.get("auth_time") instanceof Number time
        && (time instanceof Integer || time instanceof Long)
        && time.longValue() > 0
        && time.longValue() <= now.getEpochSecond() + CLOCK_DIFFERENCE;
  }

  private boolean hasReference() {
    return switch (claims.get(PortalSettings.FHIR_USER)) {
      case null -> true;
      case String text -> mapping.reference(text).isPresent();
      default -> false;
    };
  }

  private boolean hasPatients() {
    return switch (claims.get(PortalSettings.PATIENTS)) {
      case null -> true;
      case List<?> list ->
          list.size() <= ClaimMapping.MOST_PATIENTS && list.stream().allMatch(this::isPatient);
      default -> false;
    };
  }

  private boolean isPatient(@Nullable Object entry) {
    return switch (entry) {
      case String id -> mapping.patient(id).isPresent();
      case Map<?, ?> members ->
          OF_A_PATIENT.containsAll(members.keySet())
              && members.values().stream().allMatch(SignInReport::isText)
              && isDate(members.get("birthDate"))
              && mapping.patient(members).isPresent();
      case null, default -> false;
    };
  }

  private boolean hasContextClass() {
    return switch (claims.get("acr")) {
      case null -> true;
      case String text -> !text.isBlank() && text.length() <= LONGEST_CONTEXT_CLASS;
      default -> false;
    };
  }

  private boolean hasMethods() {
    return switch (claims.get("amr")) {
      case null -> true;
      case List<?> methods ->
          methods.size() <= MOST_METHODS
              && methods.stream()
                  .allMatch(
                      method -> method instanceof String text && text.length() <= LONGEST_METHOD);
      default -> false;
    };
  }

  private static boolean isText(@Nullable Object value) {
    return value == null || (value instanceof String text && text.length() <= LONGEST);
  }

  private static boolean isDate(@Nullable Object value) {
    return value == null || (value instanceof String text && DATE.matcher(text).matches());
  }

  @Override
  public String toString() {
    return "SignInReport[redacted]";
  }
}
