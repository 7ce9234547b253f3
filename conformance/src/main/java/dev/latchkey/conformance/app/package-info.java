/// The app and the person that the checks play.
@NullMarked
package dev.latchkey.conformance.app;

import org.jspecify.annotations.NullMarked;
