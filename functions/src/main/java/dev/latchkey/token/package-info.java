/// Access tokens, id tokens and token responses.
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
