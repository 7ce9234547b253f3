package dev.latchkey.portal;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.http.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who somebody is in the FHIR server, from claims that were believed.
///
/// The patients are a JSON list of ids or of objects with `id`, `name`, `birthDate` and
/// `relationship`, or such a list in a text (Amazon Cognito has no other attributes), or ids
/// separated by spaces or commas. A patient may always share their own record.
public record ClaimMapping(PortalSettings settings) implements Linking {
  public static final int MOST_PATIENTS = 20;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final Pattern USER =
      Pattern.compile(
          "(Patient|RelatedPerson|Practitioner|PractitionerRole|Person)/[A-Za-z0-9.-]{1,64}");
  private static final String PATIENT = "Patient/";

  /// What a patient is to themselves.
  public static final String YOURSELF = "yourself";

  @Override
  public Portal.Answer link(Map<String, Object> claims, long issuedAt) {
    return text(claims, settings.fhirUserClaim())
        .flatMap(this::reference)
        .<Portal.Answer>map(
            fhirUser -> {
              var called = name(claims).orElse(fhirUser);
              var patients = patients(claims, fhirUser, called);
              return new Portal.Answer.Known(user(claims, issuedAt, fhirUser, called, patients));
            })
        .orElseGet(() -> new Portal.Answer.Unlinked());
  }

  /// Somebody of whom it is known who they are in the FHIR server.
  ///
  /// @param claims that say the rest
  /// @param called their name there, for where the claims say none
  public PortalUser user(
      Map<String, Object> claims,
      long issuedAt,
      String fhirUser,
      String called,
      List<PatientAccess> patients) {
    var said = claims.get("auth_time") instanceof Number time ? time : null;
    return new PortalUser(
        settings.issuer(),
        text(claims, "sub").orElseThrow(),
        name(claims).orElse(called),
        fhirUser,
        patients,
        said == null ? issuedAt : said.longValue(),
        said != null,
        Assurance.of(claims));
  }

  /// A person of the FHIR server, as a relative reference.
  public Optional<String> reference(String claim) {
    return Optional.of(relative(claim)).filter(reference -> USER.matcher(reference).matches());
  }

  private List<PatientAccess> patients(Map<String, Object> claims, String fhirUser, String name) {
    var patients = new LinkedHashMap<String, PatientAccess>();
    if (fhirUser.startsWith(PATIENT)) {
      var id = fhirUser.substring(PATIENT.length());
      var born = text(claims, "birthdate").orElse("");
      patients.put(id, new PatientAccess(id, name, born, YOURSELF));
    }
    entries(claims.get(settings.patientsClaim()))
        .flatMap(entry -> patient(entry).stream())
        .limit(MOST_PATIENTS)
        .forEach(patient -> patients.putIfAbsent(patient.id(), patient));
    return List.copyOf(patients.values());
  }

  private static Stream<?> entries(@Nullable Object claim) {
    return switch (claim) {
      case List<?> list -> list.stream();
      case String text when text.strip().startsWith("[") -> listed(text).stream();
      case String text -> Stream.of(text.split("[\\s,]+"));
      case null, default -> Stream.of();
    };
  }

  private static List<?> listed(String text) {
    try {
      return Json.readList(text);
    } catch (UncheckedIOException unreadable) {
      return List.of();
    }
  }

  /// One entry of the list; empty when it names no patient.
  public Optional<PatientAccess> patient(@Nullable Object entry) {
    var members = entry instanceof Map<?, ?> map ? map : Map.of("id", String.valueOf(entry));
    var given = relative(member(members, "id"));
    var id = given.startsWith(PATIENT) ? given.substring(PATIENT.length()) : given;
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    var name = member(members, "name");
    return Optional.of(
        new PatientAccess(
            id,
            name.isEmpty() ? PATIENT + id : name,
            member(members, "birthDate"),
            member(members, "relationship")));
  }

  private static String member(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  private String relative(String reference) {
    var base = settings.fhirBase() + "/";
    return reference.startsWith(base) ? reference.substring(base.length()) : reference;
  }

  private static Optional<String> name(Map<String, Object> claims) {
    var parts = new ArrayList<String>();
    text(claims, "given_name").ifPresent(parts::add);
    text(claims, "family_name").ifPresent(parts::add);
    return text(claims, "name")
        .or(() -> Optional.of(String.join(" ", parts)).filter(joined -> !joined.isEmpty()));
  }

  private static Optional<String> text(Map<String, Object> claims, String name) {
    return Optional.ofNullable(claims.get(name))
        .filter(String.class::isInstance)
        .map(Objects::toString)
        .filter(text -> !text.isBlank());
  }
}
