package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.KmsTokenSigner;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.contract.ThisMachine;
import dev.latchkey.http.Json;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.PortalWiring;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sign-in at the organisation's portal: what the browser asks for, and what the function is asked
/// that talks to the portal.
///
/// @param local where everything is made that a request needs
/// @param functions those that talk to the portal, each of one instance
record PortalOperations(
    LocalWiring local,
    ScriptedProvider provider,
    IdentityHashMap<LocalWiring, PortalFunction> functions)
    implements AutoCloseable {
  private static final String SCOPE = "launch/patient openid patient/Observation.rs";

  static PortalOperations over(LocalWiring local) throws IOException {
    var provider = ScriptedProvider.start(local.clock());
    return new PortalOperations(local, provider, new IdentityHashMap<>());
  }

  @Override
  public void close() {
    provider.close();
  }

  List<Operation> all() {
    return List.of(
        new Operation("to the portal", "interaction", this::leave),
        new Operation("back from the portal", "interaction", this::comeBack),
        new Operation(
            "portal asked where to sign in",
            "portal",
            there -> ask(there, PortalCall.departure(), "address")),
        new Operation("portal asked who came back", "portal", this::identify));
  }

  private Runnable leave(LocalWiring there) {
    var here = new TestBrowser(local.wiring());
    var txn = here.arrive(SCOPE);
    var browser = new TestBrowser(atPortal(there));
    browser.cookies().putAll(here.cookies());
    return () -> assertThat(browser.open("sign-in", txn).status()).isEqualTo(303);
  }

  private Runnable comeBack(LocalWiring there) {
    var browser = new TestBrowser(atPortal(local));
    var away = browser.open("sign-in", browser.arrive(SCOPE)).location();
    var asked = PortalDeployment.query(away);
    provider.handingOut(provider.idToken(asked.get("nonce").orElseThrow()));
    var query = "code=not-a-secret-code&state=" + asked.get("state").orElseThrow();
    return () ->
        assertThat(PortalDeployment.answer(atPortal(there), browser, query).path())
            .isEqualTo("/interaction/consent");
  }

  private Runnable identify(LocalWiring there) {
    provider.handingOut(provider.idToken(PortalCall.NONCE));
    return ask(there, PortalCall.back(null), "user");
  }

  private Runnable ask(LocalWiring there, PortalCall call, String member) {
    var function = functions.computeIfAbsent(there, this::function);
    return () ->
        assertThat(Invocation.of(function, Json.write(call.event())).answer()).containsKey(member);
  }

  /// With a key of KMS that this server proves itself with.
  private PortalFunction function(LocalWiring there) {
    var schedule = KeySchedule.parse("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY);
    var key = new KmsTokenSigner(there.aws().kms(), () -> schedule, _ -> {});
    var environment =
        Map.of(
            "LATCHKEY_ISSUER",
            LocalWiring.ISSUER,
            "LATCHKEY_PORTAL_ISSUER",
            provider.issuer(),
            "LATCHKEY_PORTAL_CLIENT_ID",
            ScriptedProvider.CLIENT,
            "LATCHKEY_PORTAL_AUTHENTICATION",
            "private_key_jwt");
    var parts =
        PortalWiring.parts(
            environment, Optional.of(key), ThisMachine.calls(), local.clock(), Entropy.secure());
    return new PortalFunction(parts.portal(), parts.key());
  }

  private Wiring atPortal(LocalWiring instance) {
    return instance.wiring().withPortal(provider.portal());
  }
}
