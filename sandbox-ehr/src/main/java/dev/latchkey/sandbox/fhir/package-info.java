/// The HAPI FHIR R4 server of the sandbox and the loading of its synthetic patients.
@NullMarked
package dev.latchkey.sandbox.fhir;

import org.jspecify.annotations.NullMarked;
