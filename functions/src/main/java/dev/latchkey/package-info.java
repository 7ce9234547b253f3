/// Latchkey, a SMART on FHIR authorization server that runs as AWS Lambda functions.
///
/// Each sub-package is a room named after the protocol, never after a layer. `endpoint` holds the
/// function handlers, `wiring` builds the object graph and alone reads the environment, `aws` alone
/// knows the AWS SDK.
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
