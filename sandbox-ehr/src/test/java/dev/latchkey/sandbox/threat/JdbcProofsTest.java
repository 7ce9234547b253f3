package dev.latchkey.sandbox.threat;

import dev.latchkey.sandbox.RunningSandbox;

/// Proofs as a newcomer meets them: every store over JDBC.
class JdbcProofsTest extends ProofSuite {
  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }
}
