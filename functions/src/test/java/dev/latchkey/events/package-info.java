/// Replays the API Gateway events of the folder `events` against the real functions.
@NullMarked
package dev.latchkey.events;

import org.jspecify.annotations.NullMarked;
