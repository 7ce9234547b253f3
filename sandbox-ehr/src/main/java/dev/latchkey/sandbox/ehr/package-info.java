/// The sandbox's EHR: where practitioners and patients sign in, look at a patient, and open apps.
@NullMarked
package dev.latchkey.sandbox.ehr;

import org.jspecify.annotations.NullMarked;
