/// How apps come to be known: dynamic registration (RFC 7591) and its management (RFC 7592).
@NullMarked
package dev.latchkey.registration;

import org.jspecify.annotations.NullMarked;
