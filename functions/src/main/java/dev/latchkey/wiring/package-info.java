/// Settings and the object graph, by hand.
@NullMarked
package dev.latchkey.wiring;

import org.jspecify.annotations.NullMarked;
