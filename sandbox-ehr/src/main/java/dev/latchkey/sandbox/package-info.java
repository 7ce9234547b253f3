/// The sandbox EHR: a FHIR server with synthetic patients and a local gateway that serves the
// authorization functions.
@NullMarked
package dev.latchkey.sandbox;

import org.jspecify.annotations.NullMarked;
