/// The documents from which apps learn what this server can do.
@NullMarked
package dev.latchkey.metadata;

import org.jspecify.annotations.NullMarked;
