package dev.latchkey.sandbox.threat;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.latchkey.endpoint.Call;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.endpoint.TokenFunction;
import dev.latchkey.sandbox.flow.SmartApp.Started;
import dev.latchkey.wiring.Wiring;

/// An app that reaches the token function through Lambda events: for functions other than those
/// that the running sandbox made.
final class LambdaApp {
  private final AppClass app;
  private final TokenFunction function;

  LambdaApp(AppClass app, Wiring wiring) {
    this.app = app;
    function = new TokenFunction(wiring);
  }

  Answer refresh(RefreshToken token) {
    return call()
        .with("grant_type", "refresh_token")
        .with("refresh_token", token.getValue())
        .to(function);
  }

  Answer exchange(Started started, AuthorizationCode code) {
    return call()
        .with("grant_type", "authorization_code")
        .with("code", code.getValue())
        .with("redirect_uri", app.redirectUri().toString())
        .with("code_verifier", started.verifier().getValue())
        .to(function);
  }

  private Call call() {
    var call = Call.post("/token").with("client_id", app.id());
    app.secret().ifPresent(secret -> call.with("client_secret", secret));
    return call;
  }
}
