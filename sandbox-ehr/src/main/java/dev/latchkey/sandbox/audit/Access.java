package dev.latchkey.sandbox.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One access to the FHIR API, or one that was refused.
///
/// It says what was asked for and never what it was asked with: no value of a parameter is in it.
///
/// @param id of the AuditEvent
/// @param patient bare id of the patient whose record it was; empty for nobody's
/// @param client the app (`client_id`)
/// @param user the signed-in user as `Type/id`; null for a service
/// @param interaction a code of `http://hl7.org/fhir/restful-interaction`; null for a request that
///   was not understood
/// @param type the resource type; null when the request named none that is known
/// @param target what was read or changed, as `Type/id`; null for searches and for refusals
/// @param names of search parameters, or the one of an operation
/// @param status of the HTTP answer
public record Access(
    String id,
    Instant at,
    String patient,
    String client,
    @Nullable String user,
    @Nullable String interaction,
    @Nullable String type,
    @Nullable String target,
    List<String> names,
    int status) {
  public Access {
    names = List.copyOf(names);
  }
}
