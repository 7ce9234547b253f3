/// What every sandbox comes with: who can sign in, which apps are registered, which records there
/// are.
@NullMarked
package dev.latchkey.sandbox.contents;

import org.jspecify.annotations.NullMarked;
