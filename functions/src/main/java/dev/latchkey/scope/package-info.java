/// SMART scopes: grammar, what covers what, and what a scope means in plain words.
@NullMarked
package dev.latchkey.scope;

import org.jspecify.annotations.NullMarked;
