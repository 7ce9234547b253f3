package dev.latchkey.endpoint;

import dev.latchkey.contract.LocalWiring;
import java.util.function.Function;

/// Something that an app, a patient or a FHIR server asks for, in one request.
///
/// @param name as `docs/calls.csv` has it
/// @param function the folder name of the function that answers, as in `events`
/// @param prepared makes everything that the request needs, and then the request, which is sent to
///   the functions of a given deployment; it fails unless the answer is a good one
record Operation(String name, String function, Function<LocalWiring, Runnable> prepared) {}
