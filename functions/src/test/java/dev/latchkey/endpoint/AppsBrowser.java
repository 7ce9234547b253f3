package dev.latchkey.endpoint;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A browser at `/apps`, and families straight in the store to see there.
record AppsBrowser(LocalWiring local, TestBrowser browser) {
  static final String SCOPES =
      "launch/patient offline_access patient/Observation.rs patient/Immunization.r";
  static final String BROWSER = "__Host-latchkey-browser";

  AppsBrowser(LocalWiring local) {
    this(local, new TestBrowser(local.wiring()));
  }

  /// Signed in as Ana.
  static AppsBrowser ofAna(LocalWiring local) {
    var browser = new AppsBrowser(local);
    browser.signIn("ana", TestUsers.PASSWORD);
    return browser;
  }

  /// Signed in as Ana, where a native and a web app are registered and Ben has an account too.
  static AppsBrowser ofAna() {
    return ofAna(
        LocalWiring.start()
            .seed(TestClients.nativeApp())
            .seed(TestClients.webApp())
            .seed(TestUsers.ana())
            .seed(TestUsers.ben()));
  }

  TestBrowser.Answer open() {
    return open("");
  }

  TestBrowser.Answer open(String query) {
    return get("", query);
  }

  TestBrowser.Answer get(String action) {
    return get(action, "");
  }

  private TestBrowser.Answer get(String action, String query) {
    return browser.send(new AppsFunction(local.wiring()), "GET", path(action), query, "", action);
  }

  /// Follows the address of an answer.
  TestBrowser.Answer follow(TestBrowser.Answer answer) {
    var location = answer.location();
    var query = location.indexOf('?');
    return open(query < 0 ? "" : location.substring(query + 1));
  }

  TestBrowser.Answer signIn(String username, String password) {
    return post("sign-in", "username", username, "password", password);
  }

  /// Sends a form with the token of the page that this browser gets now.
  TestBrowser.Answer post(String action, String... fields) {
    return postWith(open().inputs("csrf").getFirst(), action, fields);
  }

  TestBrowser.Answer postWith(String csrf, String action, String... fields) {
    var pairs = new ArrayList<>(List.of("csrf=" + encoded(csrf)));
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
    }
    var function = new AppsFunction(local.wiring());
    return browser.send(function, "POST", path(action), "", String.join("&", pairs), action);
  }

  /// A family of Ana.
  FamilyId allowed(ClientId client, String scopes) {
    return allowed(TestUsers.ana().subject(), client, scopes);
  }

  FamilyId allowed(String subject, ClientId client, String scopes) {
    var id = FamilyId.fresh(Entropy.secure());
    return allowed(
        TestFamilies.first(id, client, "r0"),
        new FamilyGrant(
            id,
            client,
            subject,
            "Patient/ana",
            ScopeSet.parse(scopes),
            new LaunchContext("ana"),
            local.clock().seconds(),
            local.clock().seconds(),
            null));
  }

  FamilyId allowed(Family family, FamilyGrant grant) {
    if (!local.wiring().stores().families().create(family, grant)) {
      throw new AssertionError("There is such a family already");
    }
    return family.id();
  }

  /// Whether the grant still works.
  boolean stands(FamilyId id) {
    return local.wiring().standing().of(id, local.clock().seconds()).isPresent();
  }

  private static String path(String action) {
    return action.isEmpty() ? "/apps" : "/apps/" + action;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
