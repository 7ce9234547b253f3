/// One class per Lambda function: parse, use case, render.
@NullMarked
package dev.latchkey.endpoint;

import org.jspecify.annotations.NullMarked;
