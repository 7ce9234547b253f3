/// What the functions cost: `bench/run`, which docs/performance.md tells of.
@NullMarked
package dev.latchkey.bench;

import org.jspecify.annotations.NullMarked;
