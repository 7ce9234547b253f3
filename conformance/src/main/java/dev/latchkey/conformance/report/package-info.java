/// The outcome, for people.
@NullMarked
package dev.latchkey.conformance.report;

import org.jspecify.annotations.NullMarked;
