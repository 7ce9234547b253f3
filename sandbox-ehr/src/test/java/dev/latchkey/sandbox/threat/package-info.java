/// Thieves, races and accidents around refresh tokens, through HTTP against a running sandbox. The
/// tests have the numbers of the threats that they show to be defeated.
@NullMarked
package dev.latchkey.sandbox.threat;

import org.jspecify.annotations.NullMarked;
