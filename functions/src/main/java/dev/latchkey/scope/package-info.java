/// SMART scopes: grammar, what covers what, what they allow, and what they mean in plain words.
///
/// Consent, tokens, refresh and enforcement all ask this one room. Its model is that a scope is a
/// set of (context, type, letter, resource): one scope covers another when its set holds the
/// other's.
@NullMarked
package dev.latchkey.scope;

import org.jspecify.annotations.NullMarked;
