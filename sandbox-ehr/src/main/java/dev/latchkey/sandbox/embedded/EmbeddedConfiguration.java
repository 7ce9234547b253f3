package dev.latchkey.sandbox.embedded;

import dev.latchkey.aws.KmsSharedKey;
import dev.latchkey.aws.KmsTokenKeys;
import dev.latchkey.aws.KmsTokenSigner;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.http.Edge;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.sandbox.LoggedEvents;
import dev.latchkey.sandbox.SandboxKeySets;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.StartRefused;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Wiring;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/// The functions' graph without a cloud: stores over JDBC and keys in the same database. It steps
/// back when somebody else, a test for example, provides a [Wiring].
@Configuration(proxyBeanMethods = false)
@Profile("!localstack")
@ConditionalOnMissingBean(Wiring.class)
public class EmbeddedConfiguration {

  @Bean
  Database authorizationDatabase(SandboxSettings settings, Environment environment) {
    var address = DatabaseAddress.of(settings, environment);
    try {
      return Database.open(address);
    } catch (SQLException e) {
      throw new StartRefused(
          "The authorization server's database %s cannot be used: %s"
              .formatted(address, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  @Bean
  Cleaning cleaning(Database database) {
    var cleaning = new Cleaning(database, InstantSource.system());
    cleaning.start();
    return cleaning;
  }

  @Bean
  SeedMemory seedMemory(Database database) {
    return SeedMemory.in(database);
  }

  @Bean
  Wiring wiring(SandboxSettings settings, Database database) {
    var entropy = Entropy.secure();
    var clock = InstantSource.system();
    var stores = JdbcStores.over(database);
    var events = new LoggedEvents();
    var keys = new LocalKeys(database, entropy);
    var kms = new LocalKms(keys, entropy);
    var wrappingKey = keys.wrapping("TokenKey");
    var signingKeys = KeySchedule.parse("CURRENT=" + keys.signing("SigningKey"));
    return new Wiring(
        settings.identity(),
        stores,
        KmsTokenSigner.keys(kms, stores.signingSchedules(), signingKeys, clock, events),
        new KmsTokenKeys(kms, wrappingKey, stores.tokenKeys(), clock),
        new KmsSharedKey(kms, wrappingKey, SecretHashing.KEY_USE, stores.wrappedKeys(), clock),
        SandboxKeySets.of(settings),
        events,
        clock,
        entropy,
        settings.registrationPolicy(),
        new ConsentSettings(settings.rememberConsent()),
        Optional.empty(),
        Edge.none());
  }
}
