@NullMarked
package dev.latchkey.sandbox.audit;

import org.jspecify.annotations.NullMarked;
