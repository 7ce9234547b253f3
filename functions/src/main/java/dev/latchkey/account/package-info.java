/// Who can sign in, and the browsers that did.
@NullMarked
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;
