/// What operators are told, as it happens.
@NullMarked
package dev.latchkey.event;

import org.jspecify.annotations.NullMarked;
