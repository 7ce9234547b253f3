/// Authorization request checks, the pending transaction, and the codes it ends in.
@NullMarked
package dev.latchkey.authorize;

import org.jspecify.annotations.NullMarked;
