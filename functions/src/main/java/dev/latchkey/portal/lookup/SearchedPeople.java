package dev.latchkey.portal.lookup;

import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.portal.ClaimMapping;
import dev.latchkey.portal.Linking;
import dev.latchkey.portal.OwnAssertion;
import dev.latchkey.portal.Portal.Answer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Looks in the FHIR server for whoever signed in: by an identifier, at patients, at those who may
/// act for patients, and at practitioners.
///
/// One person is one patient at most. Those who act for several patients have one `RelatedPerson`
/// for each, with the same identifier (FHIR R4, `RelatedPerson.patient`).
///
/// Whoever is several of the three is the one whose rights reach least far: a practitioner who is a
/// patient too shares their own record, and is no practitioner to any app. So nobody is looked for
/// among practitioners who was found before. Whom a practitioner treats is not looked up, since
/// whatever says so in a record can be written by apps.
public final class SearchedPeople implements Linking {
  private static final int LONGEST = 255;
  private static final String PATIENT = "Patient";
  private static final String RELATED_PERSON = "RelatedPerson";
  private static final String PRACTITIONER = "Practitioner";

  private final LookupSettings settings;
  private final ClaimMapping mapping;
  private final FhirSearch search;
  private final InstantSource clock;

  public SearchedPeople(
      LookupSettings settings,
      ClaimMapping mapping,
      GuardedCalls calls,
      OwnAssertion assertion,
      InstantSource clock) {
    this.settings = settings;
    this.mapping = mapping;
    this.clock = clock;
    var token = new ServiceToken(settings, calls, assertion, clock);
    search = new FhirSearch(settings.fhirBase(), calls, token);
  }

  @Override
  public Answer link(Map<String, Object> claims, long issuedAt) {
    var value = claims.get(settings.claim());
    if (!(value instanceof String text) || text.isBlank() || text.length() > LONGEST) {
      return new Answer.Unlinked();
    }
    try {
      return found(text, claims, issuedAt);
    } catch (LookupStopped stopped) {
      return stopped.answer();
    }
  }

  private Answer found(String value, Map<String, Object> claims, long issuedAt)
      throws LookupStopped {
    var own = onlyOne(PATIENT, value, "identifier,active,name,birthDate");
    var related = related(value);
    var person = own.isPresent() ? own : related.stream().findFirst();
    var patients = new LinkedHashMap<String, PatientAccess>();
    own.ifPresent(patient -> patients.put(patient.id(), access(patient, ClaimMapping.YOURSELF)));
    for (var patient : named(patientsOf(related))) {
      patients.putIfAbsent(patient.id(), access(patient, ""));
    }
    return (person.isPresent() ? person : practitioner(value))
        .flatMap(found -> known(found, List.copyOf(patients.values()), claims, issuedAt))
        .orElseGet(Answer.Unlinked::new);
  }

  private Optional<Answer> known(
      Resource person, List<PatientAccess> patients, Map<String, Object> claims, long issuedAt) {
    return mapping
        .reference(reference(person))
        .<Answer>map(
            fhirUser ->
                new Answer.Known(
                    mapping.user(claims, issuedAt, fhirUser, called(person), patients)));
  }

  private Optional<Resource> practitioner(String value) throws LookupStopped {
    return search.isFor(LookupSettings.PRACTITIONERS)
        ? onlyOne(PRACTITIONER, value, "identifier,active,name")
        : Optional.empty();
  }

  /// Several with one identifier are nobody: which of them signed in cannot be told.
  private Optional<Resource> onlyOne(String type, String value, String elements)
      throws LookupStopped {
    var found = identified(type, value, elements, 2);
    if (found.size() > 1) {
      var several = type.toLowerCase(Locale.ROOT) + "s";
      throw LookupStopped.refused("Several " + several + " have the identifier of one person.");
    }
    return found.stream().findFirst();
  }

  /// In the order of their ids, so that somebody is the same one each time.
  private List<Resource> related(String value) throws LookupStopped {
    return identified(
            RELATED_PERSON,
            value,
            "identifier,active,patient,period",
            ClaimMapping.MOST_PATIENTS + 1)
        .stream()
        .sorted(Comparator.comparing(Resource::id))
        .toList();
  }

  private List<Resource> identified(String type, String value, String elements, int most)
      throws LookupStopped {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("identifier", escaped(settings.system()) + "|" + escaped(value));
    parameters.put("_elements", elements);
    parameters.put("_count", Integer.toString(most));
    var found = search.of(type, parameters);
    if (!found.isWhole()) {
      throw LookupStopped.refused("More of type " + type + " have one identifier than can be.");
    }
    for (var resource : found.resources()) {
      if (!resource.hasIdentifier(settings.system(), value)) {
        throw LookupStopped.refused("The FHIR server found others than it was asked for.");
      }
    }
    return found.resources().stream().filter(resource -> resource.isInUse(today())).toList();
  }

  private SortedSet<String> patientsOf(List<Resource> related) throws LookupStopped {
    var ids = new TreeSet<String>();
    for (var person : related) {
      person
          .part("patient")
          .text("reference")
          .flatMap(mapping::patient)
          .map(PatientAccess::id)
          .ifPresent(ids::add);
    }
    if (ids.size() > ClaimMapping.MOST_PATIENTS) {
      throw LookupStopped.refused("Somebody may act for more patients than can be.");
    }
    return ids;
  }

  /// Those of them who are there and in use.
  private List<Resource> named(SortedSet<String> ids) throws LookupStopped {
    if (ids.isEmpty()) {
      return List.of();
    }
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("_id", String.join(",", ids));
    parameters.put("_elements", "active,name,birthDate");
    parameters.put("_count", Integer.toString(ClaimMapping.MOST_PATIENTS));
    var found = search.of(PATIENT, parameters);
    if (!found.isWhole()) {
      throw LookupStopped.refused("The FHIR server gives fewer patients at once than were asked.");
    }
    return found.resources().stream()
        .filter(patient -> ids.contains(patient.id()) && patient.isInUse(today()))
        .toList();
  }

  private static PatientAccess access(Resource patient, String relationship) {
    return new PatientAccess(
        patient.id(), called(patient), patient.text("birthDate").orElse(""), relationship);
  }

  private static String called(Resource person) {
    return person.name().orElse(reference(person));
  }

  private static String reference(Resource person) {
    return person.type() + "/" + person.id();
  }

  private String today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
  }

  /// FHIR R4, search, section 3.1.1.5.7.
  private static String escaped(String value) {
    return value.replaceAll("([\\\\$,|])", "\\\\$1");
  }
}
