/// Who has reached whose record, as FHIR AuditEvents: kept beside the FHIR store, found by search.
@NullMarked
package dev.latchkey.sandbox.audit;

import org.jspecify.annotations.NullMarked;
