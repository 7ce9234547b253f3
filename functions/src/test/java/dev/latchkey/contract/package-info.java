/// What each port must do, as suites that run over every store and key service, and what a test
/// needs to have them: DynamoDB Local, LocalStack, keys in this process, a clock that a test moves.
@NullMarked
package dev.latchkey.contract;

import org.jspecify.annotations.NullMarked;
