package dev.latchkey.authorize;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Parameters;
import dev.latchkey.launch.Launches;
import dev.latchkey.policy.ServerIdentity;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Decides about an authorization request (SMART 2.2, obtain authorization code; RFC 6749 section
/// 4.1.1).
public record AuthorizationChecks(
    ClientRegistry clients, Launches launches, ServerIdentity identity, InstantSource clock) {
  private static final int LONGEST_STATE = 4096;
  private static final int LONGEST_NONCE = 1024;
  private static final String KEY = "dpop_jkt";
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /// More seconds than any server will have run for.
  private static final Pattern MAX_AGE = Pattern.compile("[0-9]{1,12}");

  /// Empty when the request passes.
  private interface Check extends Function<Asked, Optional<OAuthFailure>> {}

  /// What is looked at once client and redirect URI are trusted, in this order.
  private static final List<Check> CHECKS =
      List.of(
          AuthorizationChecks::eachParameterOnce,
          AuthorizationChecks::noRequestObject,
          AuthorizationChecks::pushedWhereRequired,
          AuthorizationChecks::grantType,
          AuthorizationChecks::responseType,
          AuthorizationChecks::responseMode,
          AuthorizationChecks::state,
          AuthorizationChecks::audience,
          AuthorizationChecks::codeChallenge,
          AuthorizationChecks::key,
          AuthorizationChecks::scope,
          AuthorizationChecks::launch,
          AuthorizationChecks::nonce,
          AuthorizationChecks::prompt,
          AuthorizationChecks::maxAge);

  /// Looks at a request that a browser brought.
  public AuthorizeOutcome check(Parameters parameters) {
    return check(parameters, clients::find, false);
  }

  /// Looks at a request that an authenticated app pushed.
  ///
  /// @param app as the registry has it now
  public AuthorizeOutcome checkPushed(Client app, Parameters parameters) {
    return check(parameters, id -> Optional.of(app).filter(a -> a.id().equals(id)), true);
  }

  private AuthorizeOutcome check(
      Parameters parameters, Function<ClientId, Optional<Client>> registered, boolean isPushed) {
    // Until both are known to be good there is nobody to send an answer to.
    if (parameters.isBroken()) {
      return local(parameters.problem().orElseThrow());
    }
    if (parameters.isRepeated("client_id") || parameters.isRepeated("redirect_uri")) {
      return local("The app sent client_id or redirect_uri twice.");
    }
    var client = parameters.get("client_id").map(ClientId::new).flatMap(registered);
    if (client.isEmpty()) {
      return local("No app is registered under the client_id of this request.");
    }
    if (!client.get().registration().isUsable(clock.instant().getEpochSecond())) {
      return local("The registration of this app has ended or is switched off.");
    }
    var redirect =
        parameters.get("redirect_uri").flatMap(uri -> TrustedRedirect.of(client.get(), uri));
    var asked = new Asked(parameters, isPushed, client.get(), identity, launches, clock.instant());
    return redirect.isEmpty()
        ? local("The redirect_uri of this request is not registered for this app.")
        : checkTrusted(asked, redirect.get());
  }

  private static AuthorizeOutcome checkTrusted(Asked asked, TrustedRedirect redirect) {
    return CHECKS.stream()
        .flatMap(check -> check.apply(asked).stream())
        .findFirst()
        .<AuthorizeOutcome>map(
            failure ->
                new AuthorizeOutcome.RedirectError(
                    redirect,
                    failure,
                    asked.get("state").orElse(""),
                    asked.client().registration().level()))
        .orElseGet(() -> passed(asked));
  }

  private static AuthorizeOutcome passed(Asked asked) {
    var interact = new AuthorizeOutcome.Interact(request(asked), asked.launch());
    return interact.request().wishes().noPage()
        ? new AuthorizeOutcome.NoPage(interact, asked.client())
        : interact;
  }

  private static AuthorizationRequest request(Asked asked) {
    return new AuthorizationRequest(
        asked.client().id(),
        asked.get("redirect_uri").orElseThrow(),
        asked.scopes(),
        asked.get("state").orElseThrow(),
        asked.get("code_challenge").orElseThrow(),
        asked.get("nonce").orElse(null),
        SignInWishes.of(asked),
        asked.get(KEY).map(KeyThumbprint::new).orElse(null));
  }

  private static Optional<OAuthFailure> eachParameterOnce(Asked asked) {
    return asked.parameters().problem().map(OAuthFailure::invalidRequest);
  }

  /// OpenID Connect Core section 6: say so, rather than ignore what the app meant to protect.
  private static Optional<OAuthFailure> noRequestObject(Asked asked) {
    if (asked.get("request").isPresent()) {
      return refuse("request_not_supported", "This server takes no request objects.");
    }
    return asked.get("request_uri").isPresent()
        ? refuse("request_uri_not_supported", "This server takes a request_uri from its /par only.")
        : Optional.empty();
  }

  /// RFC 9126 section 6 names no error code for this; the request lacks what the app is held to.
  private static Optional<OAuthFailure> pushedWhereRequired(Asked asked) {
    return asked.client().rules().pushedRequestsOnly() && !asked.isPushed()
        ? invalid("This app has to push its requests to /par first.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> grantType(Asked asked) {
    return asked.client().mayUse(GrantType.AUTHORIZATION_CODE)
        ? Optional.empty()
        : refuse("unauthorized_client", "This app is not registered for authorization codes.");
  }

  /// Codes only: anything else puts tokens into a URL (RFC 9700 section 2.1.2).
  private static Optional<OAuthFailure> responseType(Asked asked) {
    return switch (asked.get("response_type").orElse("")) {
      case "code" -> Optional.empty();
      case "" -> invalid("The parameter response_type is missing.");
      default -> refuse("unsupported_response_type", "This server knows response_type code only.");
    };
  }

  private static Optional<OAuthFailure> responseMode(Asked asked) {
    return asked.get("response_mode").filter(mode -> !mode.equals("query")).isPresent()
        ? invalid("This server knows response_mode query only.")
        : Optional.empty();
  }

  /// SMART 2.2 requires it of the app; without it anybody can forge the callback.
  private static Optional<OAuthFailure> state(Asked asked) {
    var state = asked.get("state");
    if (state.isEmpty()) {
      return invalid("The parameter state is missing.");
    }
    return state.get().length() > LONGEST_STATE
        ? invalid("The parameter state is longer than " + LONGEST_STATE + " characters.")
        : Optional.empty();
  }

  /// Binds the code to this FHIR server, so that a counterfeit one gets no token (SMART 2.2,
  /// `aud`). RFC 8707 calls the same thing `resource`.
  private static Optional<OAuthFailure> audience(Asked asked) {
    var aud = asked.get("aud");
    var resource = asked.get("resource");
    if (aud.isEmpty() && resource.isEmpty()) {
      return invalid("The parameter aud is missing. Send the FHIR base URL of this server.");
    }
    if (aud.filter(value -> !asked.identity().isFhirBase(value)).isPresent()) {
      return invalid("The parameter aud is not the FHIR base URL of this server.");
    }
    return resource.filter(value -> !asked.identity().isFhirBase(value)).isPresent()
        ? Optional.of(OAuthFailure.invalidTarget("The parameter resource"))
        : Optional.empty();
  }

  /// RFC 7636 section 4.4.1, and S256 only: with `plain` whoever reads the request can use the
  /// code.
  private static Optional<OAuthFailure> codeChallenge(Asked asked) {
    var challenge = asked.get("code_challenge");
    if (challenge.isEmpty()) {
      return invalid("The parameter code_challenge is missing. This server requires PKCE.");
    }
    if (asked.get("code_challenge_method").filter("S256"::equals).isEmpty()) {
      return invalid("The parameter code_challenge_method must be S256.");
    }
    return CHALLENGE.matcher(challenge.get()).matches()
        ? Optional.empty()
        : invalid("The code_challenge is not the base64url SHA-256 of a code_verifier.");
  }

  /// RFC 9449 section 10.
  private static Optional<OAuthFailure> key(Asked asked) {
    return asked.get(KEY).filter(text -> KeyThumbprint.read(text).isEmpty()).isPresent()
        ? invalid("The parameter dpop_jkt is not the base64url SHA-256 thumbprint of a key.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> scope(Asked asked) {
    if (asked.get("scope").isEmpty()) {
      return refuse("invalid_scope", "The parameter scope is missing.");
    }
    var refused = asked.requested().refusal();
    if (refused.isPresent()) {
      return refuse("invalid_scope", refused.get());
    }
    return asked.scopes().isEmpty()
        ? refuse("invalid_scope", "None of the scopes asked for can be granted to this app.")
        : Optional.empty();
  }

  /// A handle stands for what was open in the EHR, so nothing is guessed when it is not good. An
  /// app that no EHR opened may ask for `launch` too: there is nothing to tell it, and it gets the
  /// patient that the user chooses.
  private static Optional<OAuthFailure> launch(Asked asked) {
    return asked.launch().filter(handle -> asked.isUnusable(handle)).isPresent()
        ? invalid(
            "The launch is unknown, used, expired, or of another app. Open the app from the EHR"
                + " again.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> nonce(Asked asked) {
    return asked.get("nonce").filter(nonce -> nonce.length() > LONGEST_NONCE).isPresent()
        ? invalid("The parameter nonce is longer than " + LONGEST_NONCE + " characters.")
        : Optional.empty();
  }

  /// OpenID Connect Core section 3.1.2.1.
  private static Optional<OAuthFailure> prompt(Asked asked) {
    var prompts = asked.prompts();
    return prompts.contains("none") && prompts.size() > 1
        ? invalid("The prompt none goes with no other.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> maxAge(Asked asked) {
    return asked.get("max_age").filter(age -> !MAX_AGE.matcher(age).matches()).isPresent()
        ? invalid("The parameter max_age is not a number of seconds, 0 or more.")
        : Optional.empty();
  }

  private static AuthorizeOutcome local(String description) {
    return new AuthorizeOutcome.LocalError(OAuthFailure.invalidRequest(description));
  }

  private static Optional<OAuthFailure> invalid(String description) {
    return refuse("invalid_request", description);
  }

  private static Optional<OAuthFailure> refuse(String code, String description) {
    return Optional.of(new OAuthFailure(code, 400, description));
  }
}
