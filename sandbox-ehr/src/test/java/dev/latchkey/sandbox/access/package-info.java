@NullMarked
package dev.latchkey.sandbox.access;

import org.jspecify.annotations.NullMarked;
