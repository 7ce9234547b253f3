/// The store ports over JDBC and a KMS with local keys: what the sandbox runs on without a cloud.
///
/// A conditional update is one SQL `UPDATE ... WHERE`, which H2 and PostgreSQL evaluate again on a
/// row that another transaction changed meanwhile. Not for production: the keys lie in the same
/// database.
@NullMarked
package dev.latchkey.sandbox.embedded;

import org.jspecify.annotations.NullMarked;
