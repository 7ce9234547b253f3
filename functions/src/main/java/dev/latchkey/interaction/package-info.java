/// Sign-in, patient choice and consent.
@NullMarked
package dev.latchkey.interaction;

import org.jspecify.annotations.NullMarked;
