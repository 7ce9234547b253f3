/// Sign-in, choice of a patient and a visit, and consent.
@NullMarked
package dev.latchkey.interaction;

import org.jspecify.annotations.NullMarked;
