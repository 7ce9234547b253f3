/// What a check is.
@NullMarked
package dev.latchkey.conformance.check;

import org.jspecify.annotations.NullMarked;
