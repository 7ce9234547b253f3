package dev.latchkey.registration;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.PublicKeySet;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.PlainText;
import dev.latchkey.signing.KeySignature;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Decides whether an app may be registered as it asks to be (RFC 7591 sections 2 and 5). The same
/// for developers, for their tokens and statements, and for operators; the allowance differs.
///
/// @param resourceServer whether it may be one that hands in nothing at the token endpoint and only
///   introspects tokens
public record MetadataChecks(RegistrationPolicy policy, boolean resourceServer) {
  private static final int MOST_CONTACTS = 10;

  /// For an app.
  public MetadataChecks(RegistrationPolicy policy) {
    this(policy, false);
  }

  private record Asked(
      ClientMetadata metadata,
      Allowance allowance,
      RegistrationPolicy policy,
      boolean resourceServer) {
    ApplicationType type() {
      return metadata.applicationType();
    }
  }

  /// Empty when the app passes.
  private interface Check extends Function<Asked, Optional<OAuthFailure>> {}

  /// What is looked at, in this order.
  private static final List<Check> CHECKS =
      List.of(
          MetadataChecks::noSecretWhereNoneIsKept,
          MetadataChecks::noKeyInABrowser,
          MetadataChecks::keys,
          MetadataChecks::signingAlgorithm,
          MetadataChecks::grantTypes,
          MetadataChecks::responseTypes,
          MetadataChecks::backendService,
          MetadataChecks::redirectUris,
          MetadataChecks::afterLogout,
          MetadataChecks::name,
          MetadataChecks::ownAddresses,
          MetadataChecks::contacts,
          MetadataChecks::scope);

  /// The app as it is registered, which may be less than was asked for.
  public Outcome<AcceptedMetadata> check(ClientMetadata metadata, Allowance allowance) {
    var asked = new Asked(metadata, allowance, policy, resourceServer);
    return CHECKS.stream()
        .flatMap(check -> check.apply(asked).stream())
        .findFirst()
        .map(Outcome::<AcceptedMetadata>refused)
        .orElseGet(() -> Outcome.success(new AcceptedMetadata(metadata, allowance)));
  }

  /// What is in every copy of an app is no secret (RFC 8252 section 8.5, threat T22).
  private static Optional<OAuthFailure> noSecretWhereNoneIsKept(Asked asked) {
    return asked.metadata().hasSecret() && asked.type() != ApplicationType.WEB
        ? refuse(
            "Every copy of a native or browser app would hold the same client_secret, so it would"
                + " prove nothing. Use token_endpoint_auth_method none, with DPoP or a key of each"
                + " copy where access has to last.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> noKeyInABrowser(Asked asked) {
    return asked.metadata().hasKey() && asked.type() == ApplicationType.BROWSER
        ? refuse("A browser app cannot keep a key for private_key_jwt. Use none, with DPoP.")
        : Optional.empty();
  }

  /// Keys of an app that authenticates otherwise are of no use here and are not kept.
  private static Optional<OAuthFailure> keys(Asked asked) {
    var metadata = asked.metadata();
    if (metadata.jwks().isPresent() && metadata.jwksUri().isPresent()) {
      return refuse("Send jwks or jwks_uri, not both.");
    }
    if (!metadata.hasKey()) {
      return Optional.empty();
    }
    if (metadata.jwks().isEmpty() && metadata.jwksUri().isEmpty()) {
      return refuse("With private_key_jwt send jwks or jwks_uri.");
    }
    return metadata
        .jwks()
        .flatMap(PublicKeySet::problem)
        .or(() -> metadata.jwksUri().flatMap(uri -> webAddress("jwks_uri", uri, asked.policy())))
        .flatMap(MetadataChecks::refuse);
  }

  private static Optional<OAuthFailure> signingAlgorithm(Asked asked) {
    return asked
            .metadata()
            .signingAlgorithm()
            .filter(name -> !KeySignature.ALGORITHMS.contains(name))
            .isPresent()
        ? refuse("The token_endpoint_auth_signing_alg is RS384 or ES384, or RS256, ES256 or PS256.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> grantTypes(Asked asked) {
    var types = asked.metadata().grantTypes();
    if (types.contains(GrantType.REFRESH_TOKEN) && !asked.metadata().hasUser()) {
      return refuse("The grant type refresh_token goes with authorization_code.");
    }
    return asked.metadata().hasUser()
            || types.contains(GrantType.CLIENT_CREDENTIALS)
            || (asked.resourceServer() && types.isEmpty())
        ? Optional.empty()
        : refuse("The grant_types hold authorization_code or client_credentials.");
  }

  private static Optional<OAuthFailure> responseTypes(Asked asked) {
    var wanted = asked.metadata().hasUser() ? List.of("code") : List.<String>of();
    return asked.metadata().responseTypes().equals(wanted)
        ? Optional.empty()
        : refuse(
            "The response_types hold code for the grant type authorization_code, and nothing"
                + " without it.");
  }

  private static Optional<OAuthFailure> backendService(Asked asked) {
    if (!asked.metadata().grantTypes().contains(GrantType.CLIENT_CREDENTIALS)) {
      return Optional.empty();
    }
    if (!asked.metadata().hasKey()) {
      return refuse("The grant type client_credentials goes with private_key_jwt only.");
    }
    return asked.allowance().backendServices()
        ? Optional.empty()
        : refuse(
            "The grant type client_credentials needs an initial access token or a software"
                + " statement that allows it.");
  }

  private static Optional<OAuthFailure> redirectUris(Asked asked) {
    var uris = asked.metadata().redirectUris();
    if (!asked.metadata().hasUser()) {
      return uris.isEmpty()
          ? Optional.empty()
          : Optional.of(
              RegistrationFailures.redirectUri("An app without a user has no redirect_uris."));
    }
    return new RedirectUriRules(asked.policy().loopback())
        .problem(uris, asked.type())
        .map(RegistrationFailures::redirectUri);
  }

  /// OpenID Connect RP-Initiated Logout 1.0 section 3.1; the rules are those of `redirect_uris`,
  /// since a browser is sent to either.
  private static Optional<OAuthFailure> afterLogout(Asked asked) {
    var uris = asked.metadata().afterLogout();
    if (uris.isEmpty()) {
      return Optional.empty();
    }
    if (!asked.metadata().hasUser()) {
      return refuse("An app without a user has no post_logout_redirect_uris.");
    }
    return new RedirectUriRules(asked.policy().loopback())
        .problem(uris, asked.type())
        .flatMap(problem -> refuse("In post_logout_redirect_uris: " + problem));
  }

  private static Optional<OAuthFailure> name(Asked asked) {
    var name = asked.metadata().name().map(PlainText::name).orElse("");
    if (name.isEmpty()) {
      return asked.metadata().hasUser()
          ? refuse("Send a client_name, under which people know the app.")
          : Optional.empty();
    }
    return asked.allowance().level() != IdentityLevel.VERIFIED
            && NameLikeness.isLikeOneOf(name, asked.policy().protectedNames())
        ? refuse("The client_name looks like a name that is protected here. Choose another one.")
        : Optional.empty();
  }

  private static Optional<OAuthFailure> ownAddresses(Asked asked) {
    var metadata = asked.metadata();
    return Stream.of(
            address("client_uri", metadata.website(), asked),
            address("policy_uri", metadata.privacyPolicy(), asked),
            address("tos_uri", metadata.terms(), asked),
            address("initiate_login_uri", metadata.launchUrl(), asked),
            metadata
                .launchUrl()
                .filter(url -> url.contains("#"))
                .flatMap(MetadataChecks::noFragment))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<OAuthFailure> contacts(Asked asked) {
    return asked.metadata().contacts().size() > MOST_CONTACTS
        ? refuse("Send up to %d contacts.".formatted(MOST_CONTACTS))
        : Optional.empty();
  }

  private static Optional<OAuthFailure> scope(Asked asked) {
    var wanted = asked.metadata().scope().orElse("");
    if (List.of(wanted.split(" ")).stream().anyMatch(word -> word.startsWith("system/"))
        && asked.allowance().scopes().scopes().stream()
            .noneMatch(scope -> scope.spelled().startsWith("system/"))) {
      return refuse("Scopes of system/ need an initial access token or a software statement.");
    }
    var needsSome = asked.metadata().hasUser() || !wanted.isEmpty();
    if (!needsSome
        || !new AcceptedMetadata(asked.metadata(), asked.allowance()).scopes().isEmpty()) {
      return Optional.empty();
    }
    return refuse(
        wanted.isEmpty()
            ? "Send scope, the most that the app may ask for."
            : "None of the scopes asked for can be registered.");
  }

  private static Optional<OAuthFailure> address(
      String member, Optional<String> address, Asked asked) {
    return address
        .flatMap(uri -> webAddress(member, uri, asked.policy()))
        .flatMap(MetadataChecks::refuse);
  }

  /// A browser keeps to itself what comes after `#`, so the app would never see its parameters.
  private static Optional<OAuthFailure> noFragment(String launchUrl) {
    return refuse("The member initiate_login_uri has no fragment.");
  }

  private static Optional<String> webAddress(
      String member, String address, RegistrationPolicy policy) {
    try {
      var uri = new URI(address);
      var fits =
          "https".equals(uri.getScheme())
              || (policy.loopback()
                  && "http".equals(uri.getScheme())
                  && RedirectUriRules.isThisMachine(uri.getHost()));
      return fits && uri.getHost() != null && uri.getRawUserInfo() == null
          ? Optional.empty()
          : Optional.of("The member %s is an https address.".formatted(member));
    } catch (URISyntaxException e) {
      return Optional.of("The member %s is no address.".formatted(member));
    }
  }

  private static Optional<OAuthFailure> refuse(String description) {
    return Optional.of(RegistrationFailures.metadata(description));
  }
}
