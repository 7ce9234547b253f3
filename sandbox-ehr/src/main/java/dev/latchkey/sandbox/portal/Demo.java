package dev.latchkey.sandbox.portal;

import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.latchkey.http.Response;
import dev.latchkey.sandbox.contents.SyntheticData;
import dev.latchkey.sandbox.portal.DemoSession.Connected;
import dev.latchkey.sandbox.portal.DemoSession.Waiting;
import dev.latchkey.sandbox.portal.RecordReads.Read;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The demo browser app, step by step: start, callback, result, refresh, revoke, sign-out.
final class Demo {
  private static final String RESULT = "/demo/result";

  private final DemoClient client;
  private final DemoSessions sessions;
  private final RecordReads reads;
  private final SyntheticData data;

  Demo(DemoClient client, DemoSessions sessions, RecordReads reads, SyntheticData data) {
    this.client = client;
    this.sessions = sessions;
    this.reads = reads;
    this.data = data;
  }

  /// Sends the browser to the authorization server with a fresh state, nonce and PKCE verifier.
  Response start() {
    return start(DemoClient.SCOPES, Optional.empty());
  }

  /// The same from within an EHR, which says which FHIR server it is and what is open (SMART 2.2,
  /// EHR launch), or as it is, where somebody was asked to open the app by itself. Anybody can send
  /// a browser here, so only the server that the app is registered at is believed.
  Response launch(HttpServletRequest request) {
    var launch = request.getParameter("launch");
    if (launch == null && request.getParameter("iss") == null) {
      return start();
    }
    return client.fhirBase().toString().equals(request.getParameter("iss")) && launch != null
        ? start(DemoClient.SCOPES_IN_THE_EHR, Optional.of(launch))
        : PortalPages.problem(
            400,
            "The demo app was opened in a way that it does not know",
            "An EHR sends its FHIR base URL as iss, and launch. Open the app from the record"
                + " system.");
  }

  private Response start(Scope scopes, Optional<String> launch) {
    try {
      var waiting =
          new Waiting(
              client.discover(),
              scopes,
              new State(sessions.unguessable()),
              new Nonce(sessions.unguessable()),
              new CodeVerifier(sessions.unguessable()));
      var location = client.authorizationRequest(waiting, launch);
      return Response.seeOther(location.toString()).withCookie(sessions.begin(waiting));
    } catch (IOException | ParseException e) {
      return unreachable();
    }
  }

  /// Takes the answer of the authorization server (RFC 6749 section 4.1.2). It must belong to the
  /// sign-in that this browser began (state, section 10.12) and come from the server that was asked
  /// (RFC 9207 section 2.4).
  Response callback(HttpServletRequest request) {
    var named = sessions.find(request).orElse(null);
    if (named == null || !(named.session() instanceof Waiting waiting)) {
      return stranger();
    }
    AuthorizationResponse answer;
    try {
      answer = AuthorizationResponse.parse(client.callback(request.getQueryString()));
    } catch (ParseException | IllegalArgumentException e) {
      return stranger();
    }
    if (!waiting.state().equals(answer.getState()) || !client.issuer().equals(answer.getIssuer())) {
      return stranger();
    }
    sessions.end(named);
    return answer.indicatesSuccess()
        ? exchange(waiting, answer.toSuccessResponse())
        : declined(answer.toErrorResponse().getErrorObject());
  }

  private Response exchange(Waiting waiting, AuthorizationSuccessResponse answer) {
    try {
      var code = Objects.requireNonNull(answer.getAuthorizationCode());
      var tokens = client.exchange(waiting.endpoints(), code, waiting.verifier());
      var fhirUser = client.signedInUser(waiting.endpoints(), tokens, waiting.nonce());
      var patient = Objects.toString(tokens.getCustomParameters().get("patient"), "");
      var connected =
          new Connected(
              waiting.endpoints(),
              waiting.asked(),
              tokens,
              patient,
              fhirUser,
              sessions.unguessable(),
              "",
              false);
      return Response.seeOther(RESULT).withCookie(sessions.begin(connected));
    } catch (TokensRefused e) {
      return refused(e);
    } catch (IOException | ParseException e) {
      return unreachable();
    }
  }

  /// Shows the tokens' worth: what they open and what stays shut.
  Response result(HttpServletRequest request) {
    var named = sessions.find(request).orElse(null);
    if (named == null || !(named.session() instanceof Connected connected)) {
      return Response.seeOther("/");
    }
    try {
      var token = connected.tokens().getOIDCTokens().getAccessToken();
      var patient = connected.patient();
      var answers =
          patient.isEmpty() ? List.<Read>of() : reads.all(token, patient, somebodyElse(patient));
      return PortalPages.page(200, "demo.jte", DemoPage.of(connected, answers, client.fhirBase()));
    } catch (IOException e) {
      return unreachable();
    }
  }

  /// Exchanges the refresh token for new tokens (RFC 6749 section 6).
  Response refresh(HttpServletRequest request) {
    return act(
        request,
        connected -> {
          var old = connected.tokens().getOIDCTokens().getRefreshToken();
          var tokens = client.refresh(connected.endpoints(), old);
          var rotated = !old.equals(tokens.getOIDCTokens().getRefreshToken());
          return connected.refreshed(
              tokens,
              rotated
                  ? "Refreshed. There is a new access token, and a new refresh token took the place"
                      + " of the old one."
                  : "Refreshed. There is a new access token; the refresh token stayed the same.");
        });
  }

  /// Gives the access back (RFC 7009).
  Response revoke(HttpServletRequest request) {
    return act(
        request,
        connected -> {
          var token = connected.tokens().getOIDCTokens().getRefreshToken();
          return client.revoke(connected.endpoints(), token)
              ? connected.afterRevocation(
                  "The refresh token is dead, and within 30 seconds so is the access token. Load"
                      + " this page again, or try to refresh, to see it.")
              : connected.told("The revocation endpoint refused.");
        });
  }

  /// Something that a button of the result page does.
  private interface Action {
    Connected on(Connected session) throws IOException, ParseException;
  }

  private Response act(HttpServletRequest request, Action action) {
    var named = sessions.find(request).orElse(null);
    if (named == null
        || !(named.session() instanceof Connected connected)
        || !connected.csrf().equals(request.getParameter("csrf"))
        || connected.tokens().getOIDCTokens().getRefreshToken() == null) {
      return stranger();
    }
    try {
      sessions.replace(named, action.on(connected));
    } catch (TokensRefused e) {
      sessions.replace(named, connected.told("The token endpoint refused: " + e.getMessage()));
    } catch (IOException | ParseException e) {
      return unreachable();
    }
    return Response.seeOther(RESULT);
  }

  /// Forgets the tokens and signs the person out at the authorization server too, which sends them
  /// back to [#signedOut].
  Response signOut(HttpServletRequest request) {
    var named = sessions.find(request).orElse(null);
    if (named == null
        || !(named.session() instanceof Connected connected)
        || !connected.csrf().equals(request.getParameter("csrf"))) {
      return stranger();
    }
    try {
      var location = client.logoutRequest(connected.tokens().getOIDCTokens().getIDToken());
      sessions.end(named);
      return Response.seeOther(location.toString());
    } catch (IOException | ParseException e) {
      return unreachable();
    }
  }

  /// The app's page for people who come back from there. Anybody can send a browser here, so it
  /// says nothing that only the server could know.
  static Response signedOut() {
    return PortalPages.problem(
        200,
        "You left the demo app",
        "This is the address that the app registered in post_logout_redirect_uris. The next time"
            + " that it asks to see a record, you sign in again.");
  }

  private String somebodyElse(String patient) {
    return data.bundles().stream()
        .map(SyntheticData.Bundle::patient)
        .filter(Objects::nonNull)
        .filter(id -> !id.equals(patient))
        .findFirst()
        .orElseThrow();
  }

  private static Response stranger() {
    return PortalPages.problem(
        400,
        "This answer belongs to no sign-in that began here",
        "The demo accepts an answer once, from the browser that began, within an hour. Start the"
            + " demo again.");
  }

  private static Response declined(ErrorObject error) {
    return OAuth2Error.ACCESS_DENIED.equals(error)
        ? PortalPages.problem(
            200,
            "Access was not allowed",
            "The app got error=access_denied and no code, so it knows nothing about the patient."
                + " That is how it should be.")
        : PortalPages.problem(
            400, "The authorization server refused", "It answered " + error.getCode() + ".");
  }

  private static Response refused(TokensRefused refusal) {
    return PortalPages.problem(
        400, "The token endpoint refused", "It answered " + refusal.getMessage());
  }

  private static Response unreachable() {
    return PortalPages.problem(
        502,
        "The demo can’t reach the authorization server",
        "It asks at the address that latchkey.issuer names. Check that this is the address of the"
            + " sandbox.");
  }
}
