@NullMarked
package dev.latchkey.sandbox.brand;

import org.jspecify.annotations.NullMarked;
