/// What happens around the snapshot that Lambda starts copies of a function from (SnapStart).
@NullMarked
package dev.latchkey.snapshot;

import org.jspecify.annotations.NullMarked;
