/// The sandbox's own pages, the demo app among them.
@NullMarked
package dev.latchkey.sandbox.portal;

import org.jspecify.annotations.NullMarked;
