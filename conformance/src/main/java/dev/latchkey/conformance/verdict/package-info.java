/// What can come of looking at a server.
@NullMarked
package dev.latchkey.conformance.verdict;

import org.jspecify.annotations.NullMarked;
