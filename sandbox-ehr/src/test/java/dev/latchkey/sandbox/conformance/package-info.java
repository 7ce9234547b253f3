/// Which test shows which requirement of SMART App Launch.
@NullMarked
package dev.latchkey.sandbox.conformance;

import org.jspecify.annotations.NullMarked;
