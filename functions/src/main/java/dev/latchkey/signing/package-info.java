/// The port that signs tokens and publishes keys.
@NullMarked
package dev.latchkey.signing;

import org.jspecify.annotations.NullMarked;
