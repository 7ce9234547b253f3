/// What may be used once: ids of client assertions and DPoP proofs.
@NullMarked
package dev.latchkey.replay;

import org.jspecify.annotations.NullMarked;
