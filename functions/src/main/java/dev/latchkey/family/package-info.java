/// Refresh-token families: token format, rotation, revocation.
@NullMarked
package dev.latchkey.family;

import org.jspecify.annotations.NullMarked;
