/// What an operator can do, one command each, and how a command is said in JSON.
@NullMarked
package dev.latchkey.operator;

import org.jspecify.annotations.NullMarked;
