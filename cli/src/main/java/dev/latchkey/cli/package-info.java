/// The operator's command line. Each of its commands sends one JSON command to the operator
/// function, wherever that is.
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
