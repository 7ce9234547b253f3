/// Sign-in at a page of the team's own, which tells this server who signed in.
@NullMarked
package dev.latchkey.portal.page;

import org.jspecify.annotations.NullMarked;
