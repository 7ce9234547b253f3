/// Whose server this is, for the lists in which patients look for their hospital.
@NullMarked
package dev.latchkey.sandbox.brand;

import org.jspecify.annotations.NullMarked;
