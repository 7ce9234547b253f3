/// Sign-in at the organisation's own portal, which is any OpenID provider (OpenID Connect Core).
@NullMarked
package dev.latchkey.portal;

import org.jspecify.annotations.NullMarked;
