/// Signing out where an app asks for it (OpenID Connect RP-Initiated Logout 1.0).
@NullMarked
package dev.latchkey.logout;

import org.jspecify.annotations.NullMarked;
