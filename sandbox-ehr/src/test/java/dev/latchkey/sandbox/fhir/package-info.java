@NullMarked
package dev.latchkey.sandbox.fhir;

import org.jspecify.annotations.NullMarked;
