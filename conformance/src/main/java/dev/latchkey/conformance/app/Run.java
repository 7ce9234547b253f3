package dev.latchkey.conformance.app;

import java.util.Optional;

/// What the person who runs the checks has to offer.
///
/// @param person who signs in and decides
/// @param publicApp the client id of a public app, where the server registers none by itself
/// @param confidentialApp `client_id:secret` of an app with a secret, likewise
/// @param redirectUri of both
/// @param otherPatient id of a patient whom the person may not see
public record Run(
    Person person,
    Optional<String> publicApp,
    Optional<String> confidentialApp,
    String redirectUri,
    Optional<String> otherPatient) {}
