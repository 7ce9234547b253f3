package dev.latchkey.sandbox.embedded;

import dev.latchkey.wiring.Stores;

/// Every store port over one database.
public final class JdbcStores {
  private JdbcStores() {}

  public static Stores over(Database database) {
    return new Stores(
        new JdbcClients(database),
        new JdbcUsers(database),
        new JdbcSignInThrottle(database),
        new JdbcSessions(database),
        new JdbcTransactions(database),
        new JdbcCodes(database),
        new JdbcFamilies(database),
        new JdbcTokenKeys(database));
  }
}
