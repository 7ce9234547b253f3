package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.http.Json;
import dev.latchkey.portal.page.OwnPage;
import dev.latchkey.wiring.Wiring;
import java.util.List;
import java.util.Map;

/// Sign-in at a page of the team's own.
///
/// @param local where everything is made that a request needs
record SignInOperations(LocalWiring local) {
  private static final String SCOPE = "launch/patient openid patient/Observation.rs";

  static SignInOperations over(LocalWiring local) {
    return new SignInOperations(local);
  }

  List<Operation> all() {
    return List.of(
        new Operation(
            "to a sign-in page of your own", "interaction", there -> leave(atPage(there))),
        new Operation("a sign-in page says who signed in", "signinpage", this::accept),
        new Operation("back from a sign-in page of your own", "interaction", this::backFromPage));
  }

  private Runnable leave(Wiring there) {
    var browser = new TestBrowser(there);
    var arrived = new TestBrowser(local.wiring());
    var txn = arrived.arrive(SCOPE);
    browser.cookies().putAll(arrived.cookies());
    return () -> assertThat(browser.open("sign-in", txn).status()).isEqualTo(303);
  }

  private Runnable accept(LocalWiring there) {
    var browser = new TestBrowser(atPage(local));
    var message = accepting(browser.open("sign-in", browser.arrive(SCOPE)).location());
    var function = new SignInPageFunction(there.wiring());
    return () -> assertThat(Invocation.of(function, message).answer()).containsKey("redirect_to");
  }

  private Runnable backFromPage(LocalWiring there) {
    var browser = new TestBrowser(atPage(local));
    var message = accepting(browser.open("sign-in", browser.arrive(SCOPE)).location());
    var accepted = Invocation.of(new SignInPageFunction(local.wiring()), message).answer();
    var query = String.valueOf(accepted.get("redirect_to")).split("\\?", 2)[1];
    return () -> assertBack(PortalDeployment.answer(atPage(there), browser, query));
  }

  private static void assertBack(TestBrowser.Answer answer) {
    assertThat(answer.path()).isEqualTo("/interaction/consent");
  }

  private String accepting(String away) {
    var handle = PortalDeployment.query(away).get("handle").orElseThrow();
    var now = local.clock().seconds();
    return Json.write(
        Map.of(
            "command",
            "accept",
            "handle",
            handle,
            "user",
            Map.of("sub", "4711", "fhirUser", "Patient/ana", "auth_time", now)));
  }

  private static Wiring atPage(LocalWiring instance) {
    var wiring = instance.wiring();
    return wiring.withPortal(
        new OwnPage(
            "https://login.example/",
            wiring.stores().signInHandles(),
            wiring.clock(),
            wiring.entropy()));
  }
}
