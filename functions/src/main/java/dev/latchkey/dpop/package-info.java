/// Proofs that an app holds a key, and the nonces in them (RFC 9449).
@NullMarked
package dev.latchkey.dpop;

import org.jspecify.annotations.NullMarked;
