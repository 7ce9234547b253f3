/// What stands in front of the FHIR server: who a request comes from, and what it may reach.
///
/// A request passes four gates. The filter accepts an access token or answers 401. The scope check
/// refuses types, interactions and parameters that the token does not cover, and narrows searches
/// to the token's patient, before anything is executed. HAPI's authorization rules judge again,
/// independently. The record guard looks at each resource on its way out of the store and into it.
///
/// A resource outside the patient's record does not exist for a token: it is answered like a
/// missing one, by the same code.
@NullMarked
package dev.latchkey.sandbox.access;

import org.jspecify.annotations.NullMarked;
