/// The sandbox's own pages, and the people and apps it comes with.
@NullMarked
package dev.latchkey.sandbox.portal;

import org.jspecify.annotations.NullMarked;
