package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Cookies;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Threat T30: whoever copies the tables holds nothing that works. A kind of store shows it by
/// handing over its graph and all that it keeps.
public abstract class TableDumpContract {
  /// A graph over stores that are empty.
  protected abstract Wiring wiring();

  /// Every value of every row, as text, number or `byte[]`.
  protected abstract Collection<?> everythingStored();

  @Test
  protected void t30_nothingThatIsStoredWorksAsATokenACodeASecretOrACookie() {
    var deployment = new LivelyDeployment(wiring());
    var apps = new AppSecrets(deployment);
    var dump = new Dump(everythingStored());
    var candidates = dump.candidates();

    assertThat(dump.texts()).containsAll(hashesOfSecrets(deployment)).containsAll(apps.hashes());
    assertThat(dump.texts())
        .as("ids of proofs and assertions are no use either")
        .doesNotContainAnyElementsOf(apps.usedIds());
    assertThat(dump.texts())
        .as("a secret that somebody guesses cannot even be compared")
        .doesNotContain(hash(TestClients.WEB_SECRET));
    var uses = Stream.concat(apps.uses().stream(), SecretUse.of(deployment).stream()).toList();
    for (var use : uses) {
      assertThat(candidates).as(use.name()).noneMatch(use.works());
      assertThat(use.works()).as(use.name()).accepts(use.real());
    }
  }

  /// Shows that the dump is of this deployment and complete.
  private static List<String> hashesOfSecrets(LivelyDeployment deployment) {
    return List.of(
        hash(deployment.code),
        hash(deployment.begun),
        hash(deployment.waiting),
        hash(deployment.arrived.cookie(deployment.cookieName(Cookies.BROWSER))),
        hash(deployment.signedIn.cookie(deployment.cookieName(Cookies.SESSION))),
        deployment.wiring.secretHashing().hash(TestClients.WEB_SECRET).value(),
        hashOfSecret(deployment.nativeTokens.text("refresh_token")),
        hashOfSecret(deployment.webTokens.text("refresh_token")));
  }

  private static String hash(String secret) {
    return SecretHash.of(secret).value();
  }

  private static String hashOfSecret(String refreshToken) {
    var bytes = Base64.getUrlDecoder().decode(refreshToken.substring("rt1_".length()));
    return SecretHash.of(Arrays.copyOfRange(bytes, 21, 53)).value();
  }
}
