/// One use case per grant type at the token endpoint.
@NullMarked
package dev.latchkey.grant;

import org.jspecify.annotations.NullMarked;
