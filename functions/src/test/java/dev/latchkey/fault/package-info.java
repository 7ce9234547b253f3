/// Servers that lose, delay, double and cut what AWS answers.
@NullMarked
package dev.latchkey.fault;

import org.jspecify.annotations.NullMarked;
