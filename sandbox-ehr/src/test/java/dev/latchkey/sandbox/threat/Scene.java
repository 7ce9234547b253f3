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

/// Where threats to families of refresh tokens are tried: a sandbox whose clock the test moves, a
/// patient who connects apps, and a witness of what their tokens are worth.
record Scene(TimedSandbox sandbox, LocalWiring local, Patient patient, Witness witness) {
  static Scene in(TimedSandbox sandbox) {
    var local = sandbox.local().seed(TestClients.browserApp());
    local.events().reset();
    return new Scene(
        sandbox, local, new Patient(sandbox.running().baseUrl()), new Witness(sandbox.running()));
  }

  SmartApp app(AppClass kind) {
    return kind.at(sandbox.running());
  }

  static OIDCTokens next(SmartApp app, OIDCTokens tokens) {
    return app.refreshed(tokens.getRefreshToken()).getOIDCTokens();
  }

  void aThiefWithoutTheSecretChangesNothing(AppClass kind, RefreshToken stolen) {
    if (!kind.isPublic()) {
      var app = app(kind);
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
