/// What goes over the wire.
@NullMarked
package dev.latchkey.conformance.http;

import org.jspecify.annotations.NullMarked;
