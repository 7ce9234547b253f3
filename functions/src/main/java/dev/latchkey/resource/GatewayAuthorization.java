package dev.latchkey.resource;

import dev.latchkey.client.ClientId;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.Request;
import dev.latchkey.resource.FhirPaths.Place;
import dev.latchkey.resource.GatewayAnswer.Allowed;
import dev.latchkey.resource.GatewayAnswer.Reason;
import dev.latchkey.resource.GatewayAnswer.Refused;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.BoundTokens;
import dev.latchkey.token.Introspection;
import dev.latchkey.token.TokenType;
import dev.latchkey.token.TokenUse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Says whether a request to a FHIR server behind API Gateway may go on, and as whose.
public record GatewayAuthorization(
    Introspection introspection, BoundTokens boundTokens, FhirPaths paths, InstantSource clock) {
  /// With these some servers take another method than the one that is compared with the scopes.
  private static final Set<String> OVERRIDES =
      Set.of("x-http-method-override", "x-http-method", "x-method-override");

  private static final Set<ScopeContext> ANY = EnumSet.allOf(ScopeContext.class);

  /// The checks in their order: what costs no call comes first, and a proof is used up only for a
  /// request that nothing else is wrong with.
  public GatewayAnswer answer(Request request) {
    var now = clock.instant();
    // Payload format 2.0 always has both; what format 1.0 calls them is not read.
    if (request.method().isEmpty() || request.path().isEmpty()) {
      return refused(Reason.UNREADABLE);
    }
    var place = paths.place(request.path());
    if (place.isEmpty()) {
      return refused(Reason.OTHER_PATH);
    }
    if (OVERRIDES.stream().anyMatch(name -> request.header(name).isPresent())) {
      return refused(Reason.METHOD_OVERRIDE);
    }
    var use = use(request, place.get());
    if (use.isEmpty()) {
      return refused(Reason.NO_TOKEN);
    }
    return introspection
        .of(use.get().token(), now)
        .map(token -> answer(request, place.get(), use.get(), token, now))
        .orElseGet(() -> refused(Reason.NOT_USABLE));
  }

  /// The answer to an event that is no request at all.
  public static GatewayAnswer unreadable() {
    return refused(Reason.UNREADABLE);
  }

  private GatewayAnswer answer(
      Request request, Place place, TokenUse use, Introspection.Active token, Instant now) {
    var scopes = scopes(token);
    if (scopes.isEmpty()) {
      return refused(Reason.NO_SCOPE_LEFT, token);
    }
    var interaction = FhirInteraction.of(request.method(), place.segments());
    if (interaction.filter(one -> !opens(scopes, one)).isPresent()) {
      return refused(Reason.INSUFFICIENT_SCOPE, token);
    }
    if (boundTokens.problem(use, token.claims(), now).isPresent()) {
      return refused(Reason.NOT_PROVEN, token);
    }
    var isBound = AccessTokens.isBound(token.claims());
    return new Allowed(
        token, interaction, isBound ? Optional.of(boundTokens.freshNonce(now)) : Optional.empty());
  }

  /// The token of the `Authorization` header (RFC 6750 section 2.1, RFC 9449 section 7.1).
  private static Optional<TokenUse> use(Request request, Place place) {
    return request
        .bearerToken()
        .map(token -> use(token, TokenType.BEARER, request, place))
        .or(() -> request.dpopToken().map(token -> use(token, TokenType.DPOP, request, place)));
  }

  private static TokenUse use(String token, TokenType type, Request request, Place place) {
    var proof = request.header(ProofChecks.PROOF_HEADER);
    return new TokenUse(token, type, proof, request.method(), place.url());
  }

  /// What the token opens, of those whose data it names.
  private static ScopeSet scopes(Introspection.Active token) {
    return ScopeSet.parse(String.valueOf(token.claims().getClaim("scope")))
        .filter(scope -> isUsable(scope, token));
  }

  private static boolean isUsable(Scope scope, Introspection.Active token) {
    return scope instanceof ResourceScope resource && WhoseData.isNamed(resource, token);
  }

  /// A scope for a part of a type opens the type here: which part an entry belongs to is not in the
  /// path.
  private static boolean opens(ScopeSet scopes, FhirInteraction one) {
    return !(scopes.permission(ANY, one.type(), one.interaction()) instanceof Permission.None);
  }

  private static Refused refused(Reason reason) {
    return new Refused(reason, Optional.empty());
  }

  private static Refused refused(Reason reason, Introspection.Active token) {
    return new Refused(reason, Optional.of(token.client()).map(ClientId::value));
  }
}
