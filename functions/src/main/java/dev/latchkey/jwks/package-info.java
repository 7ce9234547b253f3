/// Reads key sets from addresses that strangers chose, and from nowhere that they must not reach.
@NullMarked
package dev.latchkey.jwks;

import org.jspecify.annotations.NullMarked;
