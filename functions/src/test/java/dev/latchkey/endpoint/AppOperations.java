package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.GrantType;
import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.wiring.Wiring;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// What apps and FHIR servers ask for.
///
/// @param local where everything is made that a request needs
record AppOperations(LocalWiring local, Grants grants, TokenFunction tokens, DpopKey key) {
  private static final SigningApp SIGNING = SigningApp.called("signing-app");
  private static final SigningApp SERVICE = SigningApp.called("test-service");
  private static final String WITHOUT_OPENID = "launch/patient offline_access patient/*.rs";
  private static final GatewayRequest READ = GatewayRequest.get("/fhir/Observation/1");
  private static final String ONCE = "launch/patient patient/Observation.rs";

  static AppOperations over(LocalWiring local) {
    local
        .seed(TestClients.nativeApp())
        .seed(TestClients.browserApp())
        .seed(TestClients.resourceServer())
        .seed(TestClients.webApp().withGrantTypes(EnumSet.allOf(GrantType.class)))
        .seed(SIGNING.registered())
        .seed(
            SERVICE
                .registered()
                .withGrantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                .withScopes(ScopeSet.parse("system/*.rs")));
    var grants = new Grants(local);
    return new AppOperations(local, grants, new TokenFunction(local.wiring()), DpopKey.make());
  }

  List<Operation> all() {
    return List.of(
        operation("discovery document", "metadata", MetadataFunction::new, this::discovery),
        operation("public keys", "jwks", JwksFunction::new, () -> Call.get("/jwks")),
        operation("pushed request", "par", ParFunction::new, this::push),
        token("code exchange, public app", () -> exchange(Grants.SCOPE)),
        token("code exchange, no id_token", () -> exchange(WITHOUT_OPENID)),
        token("code exchange, no refresh token", () -> exchange(ONCE)),
        token("code exchange, secret", this::secretExchange),
        token("code exchange, private_key_jwt", this::signedExchange),
        token("code exchange, DPoP", this::provenExchange),
        token("refresh, public app", () -> grants.refresh(refreshToken())),
        token("refresh asked for twice", this::retry),
        token("refresh, secret", this::secretRefresh),
        token("refresh, private_key_jwt", this::signedRefresh),
        token("refresh, DPoP", this::provenRefresh),
        token("client credentials", this::service),
        token("token exchange", this::narrowing),
        operation("introspection", "introspect", IntrospectFunction::new, this::introspection),
        operation("userinfo", "userinfo", UserinfoFunction::new, this::userInfo),
        asked("FHIR request at a gateway", () -> READ.bearer(accessToken())),
        asked("FHIR request at a gateway, DPoP", this::provenRead),
        validated("FHIR request at HealthLake", this::accessToken),
        validated("FHIR request at HealthLake, backend service", this::serviceToken),
        operation(
            "revocation of a refresh token",
            "revoke",
            RevokeFunction::new,
            () -> revocation(refreshToken())),
        operation(
            "revocation of an access token",
            "revoke",
            RevokeFunction::new,
            () -> revocation(accessToken())),
        operation(
            "registration of a native app",
            "register",
            RegisterFunction::new,
            () -> registration("native", "none")),
        operation(
            "registration of a web app",
            "register",
            RegisterFunction::new,
            () -> registration("web", "client_secret_basic")));
  }

  private static Operation token(String name, Supplier<Call> prepared) {
    return operation(name, "token", TokenFunction::new, prepared);
  }

  private static Operation operation(
      String name, String folder, Function<Wiring, HttpFunction> made, Supplier<Call> prepared) {
    return new Operation(
        name,
        folder,
        instance -> {
          var call = prepared.get();
          var function = made.apply(instance.wiring());
          return () -> assertThat(call.to(function).status()).as(name).isBetween(200, 201);
        });
  }

  private static Operation asked(String name, Supplier<GatewayRequest> prepared) {
    return new Operation(
        name,
        "authorizer",
        instance -> {
          var event = prepared.get().event();
          var function = new AuthorizerFunction(instance.wiring());
          return () ->
              assertThat(Invocation.of(function, event).answer())
                  .as(name)
                  .containsEntry("isAuthorized", true);
        });
  }

  private static Operation validated(String name, Supplier<String> prepared) {
    return new Operation(
        name,
        "healthlake",
        instance -> {
          var token = prepared.get();
          var policy = HealthLakeDeployment.policy(Optional.empty(), false);
          var function = new HealthLakeFunction(instance.wiring(), policy);
          return () ->
              HealthLakeDeployment.assertAllowed(HealthLakeDeployment.ask(function, token));
        });
  }

  private GatewayRequest provenRead() {
    var token = provenExchange().to(tokens).text("access_token");
    var now = local.clock().instant();
    var nonce = local.wiring().boundTokens().freshNonce(now);
    var proof = key.proof("GET", LocalWiring.ISSUER + READ.path(), now).claim("nonce", nonce);
    return READ.dpop(token, proof.forToken(token).signed());
  }

  private Call discovery() {
    return Call.get("/fhir/.well-known/smart-configuration");
  }

  private Call push() {
    return Call.post("/par").with(Asking.good());
  }

  private Call exchange(String scope) {
    return grants.exchange(grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, scope));
  }

  private Call secretExchange() {
    return web(
        grants.webExchange(grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE)));
  }

  private Call signedExchange() {
    return signed(
        SIGNING, SigningApps.form(grants.code(SIGNING.id(), SigningApp.REDIRECT, Grants.SCOPE)));
  }

  private Call provenExchange() {
    return proven(grants.exchange(grants.nativeCode()));
  }

  private Call retry() {
    var token = refreshToken();
    grants.refresh(token).to(tokens);
    return grants.refresh(token);
  }

  private Call secretRefresh() {
    return grants.webRefresh(secretExchange().to(tokens).text("refresh_token"));
  }

  private Call signedRefresh() {
    var token = signedExchange().to(tokens).text("refresh_token");
    return signed(
        SIGNING,
        Call.post("/token").with("grant_type", "refresh_token").with("refresh_token", token));
  }

  private Call provenRefresh() {
    return proven(grants.refresh(provenExchange().to(tokens).text("refresh_token")));
  }

  private Call service() {
    return signed(
        SERVICE,
        Call.post("/token")
            .with("grant_type", "client_credentials")
            .with("scope", "system/Observation.rs"));
  }

  private Call narrowing() {
    return web(Call.post("/token"))
        .with("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
        .with("subject_token", secretExchange().to(tokens).text("access_token"))
        .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
        .with("scope", "patient/Observation.r");
  }

  private Call introspection() {
    var server = basic(TestClients.SERVER.value(), TestClients.WEB_SECRET);
    return Call.post("/introspect").header("authorization", server).with("token", accessToken());
  }

  private Call userInfo() {
    return Call.get("/userinfo").header("authorization", "Bearer " + accessToken());
  }

  private Call revocation(String token) {
    return Call.post("/revoke").with("client_id", TestClients.NATIVE.value()).with("token", token);
  }

  private Call registration(String type, String method) {
    return Call.json(
        "POST",
        "/register",
        """
        {"client_name": "Diary", "application_type": "%s", "token_endpoint_auth_method": "%s",
         "redirect_uris": ["https://diary.example.org/callback"]}
        """
            .formatted(type, method));
  }

  private String refreshToken() {
    return grants.connect(tokens).text("refresh_token");
  }

  private String accessToken() {
    return grants.connect(tokens).text("access_token");
  }

  private String serviceToken() {
    return service().to(tokens).text("access_token");
  }

  private static Call web(Call call) {
    return call.header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET));
  }

  private Call signed(SigningApp app, Call call) {
    return call.with("client_assertion_type", SigningApps.TYPE)
        .with("client_assertion", app.assertion(local.clock().instant()));
  }

  private Call proven(Call call) {
    var now = local.clock().instant();
    var nonce = local.wiring().boundTokens().freshNonce(now);
    var proof = key.proof("POST", ProvingApps.TOKEN, now).claim("nonce", nonce);
    return call.header("dpop", proof.signed());
  }
}
