/// Whole flows over HTTP: an app, a patient's browser, and the sandbox between them.
@NullMarked
package dev.latchkey.sandbox.flow;

import org.jspecify.annotations.NullMarked;
