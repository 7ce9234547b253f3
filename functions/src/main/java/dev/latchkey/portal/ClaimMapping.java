package dev.latchkey.portal;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.account.Assurance;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.http.Json;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who somebody is in the FHIR server, from the claims of an id token that was believed.
///
/// The patients are a JSON list of ids or of objects with `id`, `name`, `birthDate` and
/// `relationship`, or such a list in a text (Amazon Cognito has no other attributes), or ids
/// separated by spaces or commas. A patient may always share their own record.
record ClaimMapping(PortalSettings settings) {
  private static final int MOST_PATIENTS = 20;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final Pattern USER =
      Pattern.compile(
          "(Patient|RelatedPerson|Practitioner|PractitionerRole|Person)/[A-Za-z0-9.-]{1,64}");
  private static final String PATIENT = "Patient/";
  private static final String YOURSELF = "yourself";

  /// Empty when the claims link them to nobody that the FHIR server could know.
  Optional<PortalUser> user(JWTClaimsSet claims) {
    return text(claims, settings.fhirUserClaim())
        .map(this::relative)
        .filter(reference -> USER.matcher(reference).matches())
        .map(reference -> user(claims, reference));
  }

  private PortalUser user(JWTClaimsSet claims, String fhirUser) {
    var name = name(claims).orElse(fhirUser);
    var said = claims.getClaim("auth_time") instanceof Number time ? time : null;
    return new PortalUser(
        settings.issuer(),
        claims.getSubject(),
        name,
        fhirUser,
        patients(claims, fhirUser, name),
        said == null ? seconds(claims) : said.longValue(),
        said != null,
        Assurance.of(claims.getClaims()));
  }

  private static long seconds(JWTClaimsSet claims) {
    Instant issued = claims.getIssueTime().toInstant();
    return issued.getEpochSecond();
  }

  private List<PatientAccess> patients(JWTClaimsSet claims, String fhirUser, String name) {
    var patients = new LinkedHashMap<String, PatientAccess>();
    if (fhirUser.startsWith(PATIENT)) {
      var id = fhirUser.substring(PATIENT.length());
      var born = text(claims, "birthdate").orElse("");
      patients.put(id, new PatientAccess(id, name, born, YOURSELF));
    }
    entries(claims.getClaim(settings.patientsClaim()))
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

  private Optional<PatientAccess> patient(@Nullable Object entry) {
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

  private static Optional<String> name(JWTClaimsSet claims) {
    var parts = new ArrayList<String>();
    text(claims, "given_name").ifPresent(parts::add);
    text(claims, "family_name").ifPresent(parts::add);
    return text(claims, "name")
        .or(() -> Optional.of(String.join(" ", parts)).filter(joined -> !joined.isEmpty()));
  }

  private static Optional<String> text(JWTClaimsSet claims, String name) {
    return Optional.ofNullable(claims.getClaim(name))
        .filter(String.class::isInstance)
        .map(Objects::toString)
        .filter(text -> !text.isBlank());
  }
}
