package dev.latchkey.endpoint;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;

/// Ana and Ben, who have passwords here, and a browser in which an app asks for access.
record SandboxSignIn(LocalWiring local, TestBrowser browser) {
  static final String SCOPE = "launch/patient openid fhirUser patient/Observation.rs";

  static SandboxSignIn start() {
    var local =
        LocalWiring.start()
            .seed(TestClients.nativeApp())
            .seed(TestUsers.ana())
            .seed(TestUsers.ben());
    return new SandboxSignIn(local, new TestBrowser(local.wiring()));
  }
}
