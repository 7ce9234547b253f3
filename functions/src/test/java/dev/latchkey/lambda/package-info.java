/// Runs the functions as Lambda does: in a process of their own, under its runtime interface
/// client, from the files that are deployed.
@NullMarked
package dev.latchkey.lambda;

import org.jspecify.annotations.NullMarked;
