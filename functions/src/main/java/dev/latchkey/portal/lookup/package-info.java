/// Finds out in the FHIR server itself who somebody is and for whom they may act.
@NullMarked
package dev.latchkey.portal.lookup;

import org.jspecify.annotations.NullMarked;
