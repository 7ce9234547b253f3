/// How often something may be asked for.
@NullMarked
package dev.latchkey.limit;

import org.jspecify.annotations.NullMarked;
