/// Registered clients and how they authenticate.
@NullMarked
package dev.latchkey.client;

import org.jspecify.annotations.NullMarked;
