/// Launch context: which patient an app was opened for.
@NullMarked
package dev.latchkey.launch;

import org.jspecify.annotations.NullMarked;
