/// What only a deployment can show: its transport, what stands in front of it, how it treats
/// strangers.
@NullMarked
package dev.latchkey.conformance.deployment;

import org.jspecify.annotations.NullMarked;
