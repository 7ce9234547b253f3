package dev.latchkey.sandbox.threat;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import dev.latchkey.secret.Entropy;
import dev.latchkey.wiring.Wiring;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/// Where threats to families of refresh tokens are tried: a sandbox whose clock the test moves, a
/// patient who connects apps, and a witness of what their tokens are worth.
abstract class Scene {
  LocalWiring local;
  Patient patient;
  Witness witness;

  abstract TimedSandbox sandbox();

  @BeforeEach
  void arrive() {
    local = sandbox().local().seed(TestClients.browserApp());
    patient = new Patient(sandbox().running().baseUrl());
    witness = new Witness(sandbox().running());
    local.events().reset();
  }

  SmartApp at(AppClass kind) {
    return kind.at(sandbox().running());
  }

  static OIDCTokens next(SmartApp app, OIDCTokens tokens) {
    return app.refreshed(tokens.getRefreshToken()).getOIDCTokens();
  }

  void aThiefWithoutTheSecretChangesNothing(AppClass kind, RefreshToken stolen) {
    if (!kind.isPublic()) {
      var app = at(kind);
      var thief =
          new SmartApp(
              app.provider(), app.fhirBase(), app.id(), Optional.empty(), app.redirectUri());
      Witness.isRefused(thief.refresh(stolen), "invalid_client");
    }
  }

  /// The functions over other clients of the same tables and keys.
  Wiring wiringOver(AwsClients aws) {
    return Wiring.from(local.settings(), aws, local.events(), local.clock(), Entropy.secure());
  }
}
