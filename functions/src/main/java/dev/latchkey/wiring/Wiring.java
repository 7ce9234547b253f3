package dev.latchkey.wiring;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.apps.Apps;
import dev.latchkey.authorize.AuthorizationChecks;
import dev.latchkey.authorize.AuthorizationRequests;
import dev.latchkey.authorize.AuthorizationStart;
import dev.latchkey.authorize.CodeIssue;
import dev.latchkey.authorize.PushedRequestEndpoint;
import dev.latchkey.authorize.RequestPushing;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.client.AssertionKeys;
import dev.latchkey.client.ClientAssertions;
import dev.latchkey.client.ClientAuthentication;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.client.RegisteredKeySets;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.dpop.Nonces;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.family.RefreshFamilies;
import dev.latchkey.family.ServiceStanding;
import dev.latchkey.family.Standing;
import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.Withdrawal;
import dev.latchkey.grant.CodeExchange;
import dev.latchkey.grant.Refreshing;
import dev.latchkey.grant.Requesters;
import dev.latchkey.grant.ServiceAccess;
import dev.latchkey.grant.TokenEndpoint;
import dev.latchkey.grant.TokenExchange;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Edge;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.Interactions;
import dev.latchkey.operator.Operator;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.Portal;
import dev.latchkey.registration.RegistrationEndpoint;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SharedKey;
import dev.latchkey.signing.SigningKeys;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.AccessTokenReader;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.BoundTokens;
import dev.latchkey.token.IdTokens;
import dev.latchkey.token.Introspection;
import dev.latchkey.token.IntrospectionCaller;
import dev.latchkey.token.IntrospectionEndpoint;
import dev.latchkey.token.Revocation;
import dev.latchkey.token.RevocationEndpoint;
import dev.latchkey.token.UserInfoEndpoint;
import java.time.InstantSource;
import java.util.Optional;

/// The object graph of the functions, made by hand.
///
/// @param stores where state is kept
/// @param clientSecretKey what client secrets are hashed with
/// @param keySets where the key sets of apps are read that name an address
/// @param events where operators look
/// @param clock the time; never read anywhere else
/// @param registration who may register apps
/// @param consent how patients are asked
/// @param portal where people sign in; empty for this server's own page
/// @param edge what stands in front of the functions
public record Wiring(
    ServerIdentity identity,
    Stores stores,
    SigningKeys signingKeys,
    TokenKeyRing tokenKeys,
    SharedKey clientSecretKey,
    KeySetSource keySets,
    OperatorEvents events,
    InstantSource clock,
    Entropy entropy,
    RegistrationPolicy registration,
    ConsentSettings consent,
    Optional<Portal> portal,
    Edge edge) {
  /// The graph of a Lambda function, from its environment.
  ///
  /// It runs before Lambda takes its snapshot, so it calls nothing, reads no clock and makes no
  /// random value.
  ///
  /// @throws IllegalStateException naming the variable that is missing
  public static Wiring onAws() {
    return AwsWiring.ofEnvironment();
  }

  /// The graph on DynamoDB and KMS: those of AWS, or of LocalStack where the settings name it.
  public static Wiring from(Settings settings, OperatorEvents events) {
    var aws = AwsClients.on(settings.region(), settings.awsEndpoint());
    return from(settings, aws, events, InstantSource.system(), Entropy.secure());
  }

  /// The same graph on given clients, events, clock and randomness.
  public static Wiring from(
      Settings settings,
      AwsClients aws,
      OperatorEvents events,
      InstantSource clock,
      Entropy entropy) {
    return AwsWiring.over(settings, aws, events, clock, entropy);
  }

  /// The same graph with key sets from elsewhere.
  public Wiring withKeySets(KeySetSource source) {
    return with(source, consent, portal, edge);
  }

  /// The same graph with other ways to ask patients.
  public Wiring withConsent(ConsentSettings asking) {
    return with(keySets, asking, portal, edge);
  }

  /// The same graph where people sign in at a portal.
  public Wiring withPortal(Portal signIn) {
    return with(keySets, consent, Optional.of(signIn), edge);
  }

  /// The same graph behind an edge.
  public Wiring behind(Edge front) {
    return with(keySets, consent, portal, front);
  }

  private Wiring with(
      KeySetSource source, ConsentSettings asking, Optional<Portal> signIn, Edge front) {
    return new Wiring(
        identity,
        stores,
        signingKeys,
        tokenKeys,
        clientSecretKey,
        source,
        events,
        clock,
        entropy,
        registration,
        asking,
        signIn,
        front);
  }

  public JsonResponses responses() {
    return JsonResponses.forIssuer(identity.issuer());
  }

  public Cookies cookies() {
    return Cookies.forIssuer(identity.issuer());
  }

  public AuthorizationRequests authorizationRequests() {
    return new AuthorizationRequests(authorizationChecks(), stores.pushedRequests(), entropy);
  }

  public PushedRequestEndpoint pushedRequestEndpoint() {
    var pushing = new RequestPushing(authorizationChecks(), stores.pushedRequests(), entropy);
    return new PushedRequestEndpoint(clientAuthentication(), pushing, responses(), clock);
  }

  public AuthorizationStart authorizationStart() {
    return new AuthorizationStart(stores.transactions(), stores.launches(), entropy);
  }

  public Interactions interactions() {
    var kept = stores.forInteraction(browserSessions(), consent);
    var codes = new CodeIssue(stores.codes(), identity, entropy);
    return Interactions.over(kept, codes, PortalWiring.door(this), identity, clock, entropy);
  }

  public Apps apps() {
    return Apps.over(
        browserSessions(),
        stores.throttle(),
        stores.clients(),
        PortalWiring.door(this),
        identity,
        clock,
        entropy);
  }

  public TokenEndpoint tokenEndpoint() {
    return new TokenEndpoint(
        new Requesters(clientAuthentication(), proofChecks(), identity),
        new CodeExchange(
            stores.codes(),
            stores.families(),
            refreshFamilies(),
            standing(),
            accessTokens(),
            new IdTokens(identity, signer()),
            identity,
            entropy),
        new Refreshing(standing(), refreshFamilies(), tokenKeys, accessTokens()),
        new ServiceAccess(accessTokens()),
        new TokenExchange(introspection(), accessTokens(), identity),
        identity,
        responses(),
        clock);
  }

  public RevocationEndpoint revocationEndpoint() {
    var revocation =
        new Revocation(
            stores.families(), refreshFamilies(), stores.cutoffs(), tokenKeys, accessTokenReader());
    return new RevocationEndpoint(clientAuthentication(), revocation, responses(), clock);
  }

  public Operator operator() {
    var kept = stores.forOperators();
    var hashing = secretHashing();
    return Operator.over(tokenKeys, signingKeys, kept, registration, hashing, clock, entropy);
  }

  public TokenSigner signer() {
    return signingKeys.signer();
  }

  public IntrospectionEndpoint introspectionEndpoint() {
    var introspection = introspection();
    var caller = new IntrospectionCaller(clientAuthentication(), stores.clients(), introspection);
    return new IntrospectionEndpoint(caller, introspection, responses(), clock);
  }

  public UserInfoEndpoint userInfoEndpoint() {
    return new UserInfoEndpoint(
        accessTokenReader(), standing(), boundTokens(), identity, responses(), clock);
  }

  public RegistrationEndpoint registrationEndpoint() {
    var kept = stores.forRegistration();
    var hashing = secretHashing();
    return new RegistrationEndpoint(
        registration, kept, introspection(), hashing, identity, clock, entropy);
  }

  /// Who is signed in at this server's pages.
  public BrowserSessions browserSessions() {
    var ending = new Withdrawal(stores.families(), stores.cutoffs());
    return new BrowserSessions(stores.sessions(), stores.users(), standing(), ending, entropy);
  }

  /// Whether grants still stand.
  public Standing standing() {
    return new Standing(stores.families(), stores.cutoffs());
  }

  private AuthorizationChecks authorizationChecks() {
    return new AuthorizationChecks(stores.clients(), stores.launches(), identity, clock);
  }

  /// Proofs that callers hold the key of their access token.
  public BoundTokens boundTokens() {
    return new BoundTokens(proofChecks());
  }

  private ProofChecks proofChecks() {
    return new ProofChecks(new Nonces(tokenKeys), stores.usedIdentifiers(), entropy);
  }

  /// Whether access tokens of backend services still stand.
  public ServiceStanding serviceStanding() {
    return new ServiceStanding(stores.clients(), stores.cutoffs());
  }

  /// What a token is good for now.
  public Introspection introspection() {
    return new Introspection(accessTokenReader(), standing(), serviceStanding());
  }

  private ClientAuthentication clientAuthentication() {
    var keys = new AssertionKeys(new RegisteredKeySets(keySets, events, clock));
    var assertions = new ClientAssertions(identity, keys, stores.usedIdentifiers(), entropy);
    return ClientAuthentication.over(stores.clients(), secretHashing(), assertions, events, clock);
  }

  /// How client secrets are kept.
  public SecretHashing secretHashing() {
    return new SecretHashing(clientSecretKey);
  }

  private RefreshFamilies refreshFamilies() {
    return new RefreshFamilies(stores.families(), tokenKeys, events, entropy);
  }

  private AccessTokenReader accessTokenReader() {
    return new AccessTokenReader(identity, signer());
  }

  private AccessTokens accessTokens() {
    return new AccessTokens(identity, signer(), entropy);
  }
}
