/// HTTPS on this machine: a certificate that nobody has to buy.
@NullMarked
package dev.latchkey.sandbox.tls;

import org.jspecify.annotations.NullMarked;
