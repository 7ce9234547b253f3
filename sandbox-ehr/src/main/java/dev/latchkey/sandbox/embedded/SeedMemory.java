package dev.latchkey.sandbox.embedded;

/// Remembers whom the sandbox registered, so that later starts need not compute slow password
/// hashes to see that nothing changed.
public interface SeedMemory {
  boolean remembers(String username, String fingerprint);

  void remember(String username, String fingerprint);

  /// Remembers nothing: whoever is there already is compared by password.
  static SeedMemory none() {
    return new SeedMemory() {
      @Override
      public boolean remembers(String username, String fingerprint) {
        return false;
      }

      @Override
      public void remember(String username, String fingerprint) {}
    };
  }

  /// Remembers in the authorization server's own database.
  static SeedMemory in(Database database) {
    return new JdbcSeedMemory(database);
  }
}
