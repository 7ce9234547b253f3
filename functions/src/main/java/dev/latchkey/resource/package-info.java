/// What stands in front of FHIR servers that know no access tokens of ours: AWS HealthLake, and
/// whatever is behind an API of API Gateway.
///
/// Everything here looks at a token as introspection does (see [dev.latchkey.token.Introspection]),
/// so what was taken back is seen at once.
@NullMarked
package dev.latchkey.resource;

import org.jspecify.annotations.NullMarked;
