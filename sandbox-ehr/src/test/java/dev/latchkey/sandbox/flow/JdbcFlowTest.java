package dev.latchkey.sandbox.flow;

import dev.latchkey.sandbox.RunningSandbox;

/// The flows as a newcomer meets them: every store over JDBC.
class JdbcFlowTest extends FlowSuite {
  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }
}
