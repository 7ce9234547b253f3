package dev.latchkey.conformance.app;

import java.util.Optional;

/// What the person who runs the checks has to offer.
///
/// @param person who signs in and decides
/// @param ehr that opens apps
/// @param clients the apps
/// @param service a backend service with its key; if empty, what a Latchkey sandbox publishes
/// @param otherPatient id of a patient whom the person may not see
/// @param fhirApi whether there is a FHIR API to look at, and not only an authorization server
public record Run(
    Person person,
    Ehr ehr,
    Clients clients,
    Optional<App> service,
    Optional<String> otherPatient,
    boolean fhirApi) {}
