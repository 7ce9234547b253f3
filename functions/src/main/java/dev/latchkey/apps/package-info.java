/// What a user allowed, on a page where they take it back.
@NullMarked
package dev.latchkey.apps;

import org.jspecify.annotations.NullMarked;
