/// The security floor: lifetimes and rules per client class, in one place.
@NullMarked
package dev.latchkey.policy;

import org.jspecify.annotations.NullMarked;
