@NullMarked
package dev.latchkey.sandbox.tls;

import org.jspecify.annotations.NullMarked;
