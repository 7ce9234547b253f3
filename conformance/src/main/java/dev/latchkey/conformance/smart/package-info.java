/// The checks, grouped as the regulator's test kits group them.
@NullMarked
package dev.latchkey.conformance.smart;

import org.jspecify.annotations.NullMarked;
