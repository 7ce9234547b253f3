/// Turns Synthea's output into the small, labelled, readable patients that the sandbox ships.
@NullMarked
package dev.latchkey.sandbox.synthea;

import org.jspecify.annotations.NullMarked;
