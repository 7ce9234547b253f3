/// The profile `localstack`: tables and keys in LocalStack, made there from the same CloudFormation
/// templates as on AWS.
@NullMarked
package dev.latchkey.sandbox.localstack;

import org.jspecify.annotations.NullMarked;
