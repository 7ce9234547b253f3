/// Black-box checks of a SMART on FHIR server, run from a command line or from JUnit.
@NullMarked
package dev.latchkey.conformance;

import org.jspecify.annotations.NullMarked;
