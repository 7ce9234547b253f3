package dev.latchkey.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One page per error code that this server answers with: what it means and what to do. They are
/// the targets of `error_uri` (RFC 6749 sections 4.1.2.1 and 5.2).
public final class ErrorPages {
  private static final Map<String, Explanation> BY_CODE =
      Stream.of(
              new Explanation(
                  "invalid_request",
                  "The request lacks a parameter, repeats one, or has one that cannot be read.",
                  List.of(
                      "Read the error_description: it names the parameter.",
                      "At the authorization endpoint send response_type, client_id, redirect_uri,"
                          + " scope, state, aud, code_challenge and code_challenge_method=S256.",
                      "Set aud to the FHIR base URL of this server, exactly as you use it.",
                      "Send POST bodies as application/x-www-form-urlencoded in UTF-8.",
                      "Send each parameter once."),
                  "RFC 6749 sections 4.1.2.1 and 5.2, SMART App Launch 2.2"),
              new Explanation(
                  "invalid_client",
                  "The app is not known here, or did not prove that it is the app it names.",
                  List.of(
                      "Check the client_id.",
                      "A confidential app sends its secret in one way only: as HTTP Basic"
                          + " authentication or in the form.",
                      "In HTTP Basic authentication, form-encode client_id and secret before you"
                          + " join them with a colon.",
                      "An app with a key signs a new client_assertion for each request, with its"
                          + " client_id as iss and sub, the token endpoint or the issuer as aud, an"
                          + " exp within five minutes, and a new jti.",
                      "A public app sends its client_id in the form and no secret."),
                  "RFC 6749 sections 2.3 and 5.2, RFC 7523 section 3"),
              new Explanation(
                  "invalid_grant",
                  "The authorization code or refresh token does not work: it is unknown, used,"
                      + " expired or revoked, or it was issued to another app, redirect URI or"
                      + " code_challenge.",
                  List.of(
                      "Exchange a code once, within a minute, with the redirect_uri and the"
                          + " code_verifier of the same attempt.",
                      "Keep the refresh token of the latest answer and forget the one before it. A"
                          + " refresh token that comes back late ends the whole grant, because it"
                          + " may have been stolen.",
                      "Otherwise start again at the authorization endpoint."),
                  "RFC 6749 section 5.2, RFC 7636 section 4.6"),
              new Explanation(
                  "invalid_scope",
                  "The scope is unknown, badly written, or more than the app may have.",
                  List.of(
                      "Write scopes as in patient/Observation.rs or patient/Observation.read, with"
                          + " single spaces between them.",
                      "Ask only for scopes that the app was registered with.",
                      "On refresh and on exchange, ask for no more than you hold.",
                      "A backend service asks for system/ scopes at the token endpoint; nobody asks"
                          + " a patient for them."),
                  "RFC 6749 sections 3.3 and 6, SMART App Launch 2.2"),
              new Explanation(
                  "unauthorized_client",
                  "This app may not use this kind of request.",
                  List.of(
                      "Compare the request with how the app was registered.",
                      "A backend service uses client_credentials and authenticates with"
                          + " private_key_jwt, never with a secret."),
                  "RFC 6749 sections 4.1.2.1 and 5.2"),
              new Explanation(
                  "unsupported_response_type",
                  "This server gives authorization codes only.",
                  List.of("Send response_type=code and use PKCE."),
                  "RFC 6749 section 4.1.2.1, RFC 9700 section 2.1.2"),
              new Explanation(
                  "unsupported_grant_type",
                  "The token endpoint does not serve this grant type.",
                  List.of(
                      "Send one of grant_types_supported of the discovery document.",
                      "The refresh endpoint takes grant_type=refresh_token only."),
                  "RFC 6749 section 5.2"),
              new Explanation(
                  "unsupported_token_type",
                  "This kind of token cannot be revoked here.",
                  List.of("Send an access token or a refresh token of this server."),
                  "RFC 7009 section 2.2.1"),
              new Explanation(
                  "invalid_target",
                  "The request is for another FHIR server than this one.",
                  List.of(
                      "Set resource to the FHIR base URL of this server, exactly as you use it, or"
                          + " leave it out at the token endpoint."),
                  "RFC 8707 section 2"),
              new Explanation(
                  "invalid_request_uri",
                  "The request that the app pushed is unknown, used, expired, or of another app.",
                  List.of(
                      "Send the browser on as soon as the request was pushed: it works for 90"
                          + " seconds, once, and only with the client_id that pushed it.",
                      "Push a new request for each attempt. Reloading the page does not help."),
                  "RFC 9126 section 4, OpenID Connect Core section 3.1.2.6"),
              new Explanation(
                  "request_uri_not_supported",
                  "This server fetches no request from an address.",
                  List.of(
                      "Push the request to the pushed_authorization_request_endpoint and use the"
                          + " request_uri of its answer."),
                  "OpenID Connect Core section 3.1.2.6, RFC 9126"),
              new Explanation(
                  "request_not_supported",
                  "This server takes no signed request objects.",
                  List.of("Send the parameters themselves, or push them first."),
                  "OpenID Connect Core section 3.1.2.6"),
              new Explanation(
                  "invalid_redirect_uri",
                  "An app cannot be registered with one of these redirect_uris.",
                  List.of(
                      "For a web or browser app, send complete https addresses with a host name.",
                      "For a native app, send an https address that only your app can claim, or"
                          + " http://127.0.0.1 or http://[::1], or a private scheme in reverse"
                          + " domain order such as org.example.app:/callback.",
                      "Leave out wildcards, fragments, user names and dot segments."),
                  "RFC 7591 section 3.2.2, RFC 8252 section 7"),
              new Explanation(
                  "invalid_client_metadata",
                  "Something in the description of the app cannot be registered.",
                  List.of(
                      "Read the error_description: it names the member.",
                      "Send one JSON object of up to 8192 bytes as application/json.",
                      "Give a native or browser app no client_secret: every copy would have the"
                          + " same."),
                  "RFC 7591 sections 2 and 3.2.2"),
              new Explanation(
                  "invalid_software_statement",
                  "The software statement is badly signed, expired, for another server, or"
                      + " missing.",
                  List.of("Get a new one from whoever signed it and send it as it is."),
                  "RFC 7591 sections 2.3 and 3.2.2"),
              new Explanation(
                  "unapproved_software_statement",
                  "The software statement is signed by somebody who is not trusted here.",
                  List.of("Ask the people who run this server whose statements they take."),
                  "RFC 7591 section 3.2.2"),
              new Explanation(
                  "registration_not_supported",
                  "Apps cannot register themselves at this server.",
                  List.of("Ask the people who run it to register your app."),
                  "RFC 7591 section 3"),
              new Explanation(
                  "access_denied",
                  "The person said no, or left nothing to share.",
                  List.of(
                      "Tell them what the app needs the data for and let them decide again.",
                      "Ask for less: each scope is a choice of its own."),
                  "RFC 6749 section 4.1.2.1"),
              new Explanation(
                  "login_required",
                  "The app asked for no page to be shown, but the person has to sign in.",
                  List.of("Send the request again without prompt=none."),
                  "OpenID Connect Core section 3.1.2.6"),
              new Explanation(
                  "consent_required",
                  "The app asked for no page to be shown, but the person has to agree first.",
                  List.of("Send the request again without prompt=none."),
                  "OpenID Connect Core section 3.1.2.6"),
              new Explanation(
                  "interaction_required",
                  "The app asked for no page to be shown, but the person has to choose something.",
                  List.of("Send the request again without prompt=none."),
                  "OpenID Connect Core section 3.1.2.6"),
              new Explanation(
                  "invalid_token",
                  "The access token is missing, expired, revoked, or not made for this FHIR"
                      + " server.",
                  List.of(
                      "Send it as Authorization: Bearer and the token, in the header only.",
                      "Get a new one with the refresh token, or start again at the authorization"
                          + " endpoint."),
                  "RFC 6750 section 3.1"),
              new Explanation(
                  "invalid_dpop_proof",
                  "The DPoP proof is missing where one is needed, or does not fit the request.",
                  List.of(
                      "Read the error_description: it names the part of the proof.",
                      "Make a new proof for each request: a JWT with typ dpop+jwt, signed with"
                          + " ES256, ES384, RS256 or PS256, with the public key as jwk in its"
                          + " header.",
                      "Claims: htm (the method), htu (the URL without query and fragment), iat"
                          + " (now), jti (never the same twice), and nonce (from the latest"
                          + " DPoP-Nonce header). With an access token also ath, its SHA-256 in"
                          + " base64url.",
                      "Refresh with a proof of the key that you first got the refresh token with."),
                  "RFC 9449 sections 4.2, 4.3 and 5"),
              new Explanation(
                  "use_dpop_nonce",
                  "The DPoP proof has no nonce of this server, or one that is too old.",
                  List.of(
                      "Take the value of the DPoP-Nonce header of this answer, make a new proof"
                          + " with it as the claim nonce, and send the request again.",
                      "Keep the DPoP-Nonce of each later answer for the next proof."),
                  "RFC 9449 sections 8 and 9"),
              new Explanation(
                  "short_lived_refresh",
                  "The tokens work, but for hours and not for months: the granted scope says"
                      + " online_access where offline_access was asked for and allowed.",
                  List.of(
                      "Any app on a device can pretend to be one that is redirected to a loopback"
                          + " address or a scheme of its own. Long access needs more than that.",
                      "Send DPoP proofs with a key in the device’s key store, best with dpop_jkt in"
                          + " the authorization request.",
                      "Or register a key for each installed copy, so that it authenticates.",
                      "Or register only https redirect addresses that you claim for your app (App"
                          + " Links, Universal Links)."),
                  "RFC 9700 section 2.2.2, RFC 8252 sections 7.2 and 8.6"),
              new Explanation(
                  "insufficient_scope",
                  "The access token is good, but the patient did not allow this.",
                  List.of(
                      "Look at the scope in the token answer: it is what was allowed, and may be"
                          + " less than you asked for.",
                      "Ask for the missing scope at the authorization endpoint."),
                  "RFC 6750 section 3.1"),
              new Explanation(
                  "server_error",
                  "Something failed on this server.",
                  List.of(
                      "Try again once after a short while.", "Then tell the people who run it."),
                  "RFC 6749 section 4.1.2.1"),
              new Explanation(
                  "temporarily_unavailable",
                  "This server is too busy or under maintenance.",
                  List.of("Wait as long as the Retry-After header says, then try again."),
                  "RFC 6749 section 4.1.2.1"))
          .collect(Collectors.toMap(Explanation::code, Function.identity()));

  private ErrorPages() {}

  /// The page for a code, or a 404 page.
  public static Response page(String code) {
    var explanation = BY_CODE.get(code);
    return explanation == null
        ? Pages.error(
            404, "No such error code", "This server does not use an error code of that name.")
        : Pages.page(200, "errorCode.jte", explanation);
  }

  /// Whether there is a page for this code.
  public static boolean explains(String code) {
    return BY_CODE.containsKey(code);
  }

  /// What one page says.
  ///
  /// @param source where the code is defined
  public record Explanation(String code, String meaning, List<String> steps, String source) {}
}
