/// Random values and the hashes under which they are kept.
@NullMarked
package dev.latchkey.secret;

import org.jspecify.annotations.NullMarked;
