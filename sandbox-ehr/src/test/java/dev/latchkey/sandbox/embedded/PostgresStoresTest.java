package dev.latchkey.sandbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.StoresContract;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.secret.Entropy;
import dev.latchkey.wiring.Stores;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The JDBC stores keep the contract on PostgreSQL, where this machine has one.
@BesideOthers
class PostgresStoresTest extends StoresContract {
  private static TestPostgres postgres;
  private static Database database;

  @BeforeAll
  static void open() throws Exception {
    postgres = TestPostgres.startOrSkip();
    database = Database.open(postgres.address());
  }

  @AfterAll
  static void close() throws Exception {
    if (database != null) {
      database.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  protected Stores stores() {
    return JdbcStores.over(database);
  }

  @Test
  void cleaningAndSeedingSpeakItsDialectToo() {
    new Cleaning(database, InstantSource.system()).clean();

    var memory = SeedMemory.in(database);
    memory.remember("ana", "first");
    memory.remember("ana", "second");
    assertThat(memory.remembers("ana", "second")).isTrue();
    assertThat(memory.remembers("ana", "first")).isFalse();
  }

  @Test
  void keysAreKept() {
    var keys = new LocalKeys(database, Entropy.secure());
    var kms = new LocalKms(keys, Entropy.secure());
    var arn = keys.signing("SigningKey");

    assertThat(keys.signing("SigningKey")).isEqualTo(arn);
    assertThat(kms.getPublicKey(get -> get.keyId(arn)).keyId()).isEqualTo(arn);
  }

  @Test
  void leavesTheSchemaOfTheUserToOthers() {
    var schemas =
        database
            .sql()
            .sql(
                "SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_name ="
                    + " 'family'")
            .query(String.class)
            .list();
    assertThat(schemas).hasSize(1).doesNotContain(postgres.address().username(), "public");
  }
}
