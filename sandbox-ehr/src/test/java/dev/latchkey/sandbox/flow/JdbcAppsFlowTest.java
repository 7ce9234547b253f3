package dev.latchkey.sandbox.flow;

import dev.latchkey.sandbox.RunningSandbox;

/// The list of apps with every store over JDBC.
class JdbcAppsFlowTest extends AppsFlowSuite {
  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }
}
