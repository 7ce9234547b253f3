package dev.latchkey.events;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.contract.DynamoDbLocal;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.event.EventLog;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.TokenKey;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.http.Edge;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.jwks.KeySetReader;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.resource.HealthLakePolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.secret.SharedKey;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningKeys;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.wiring.DynamoStores;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Stores;
import dev.latchkey.wiring.Wiring;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What exists before an event arrives: apps, users, codes, families, sessions and pending
/// authorizations, in new tables of DynamoDB Local. `events/README.md` lists it; the events name it
/// by these values. Every secret is made of a text that says that it is none.
final class World {
  static final String ISSUER = "https://auth.example.org";

  static final ClientId NATIVE = new ClientId("demo-native");
  static final ClientId WEB = new ClientId("demo-web");
  static final ClientId UNCHECKED = new ClientId("demo-unchecked");
  static final String SCOPES =
      "launch/patient openid fhirUser offline_access patient/Observation.rs patient/Condition.rs";
  static final String CHALLENGE =
      SecretHash.of("not-a-secret-code-verifier-of-the-event-files").value();
  static final InProcessKms KMS = new InProcessKms();
  static final KeySchedule SIGNING_KEYS = KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY);

  /// Apps may read and not write there.
  static final HealthLakePolicy HEALTH_LAKE =
      new HealthLakePolicy(
          "arn:aws:iam::000000000000:role/healthlake-reading",
          Optional.empty(),
          false,
          Duration.ofSeconds(30));

  private static final Queue<Settings.Tables> UNCHANGED = new ConcurrentLinkedQueue<>();
  private static final byte[] WRAPPED = "wrapped".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA_KEY = sha256("not-a-secret token key");

  private final MutableClock clock;
  private final long now;
  private final RecordedCalls recorded;
  private final List<String> events = new ArrayList<>();
  private final DynamoDbClient dynamoDb = DynamoDbLocal.client();
  private final Settings.Tables tables;
  private final AwsClients aws;
  private final Stores stores;
  private final Wiring wiring;

  private World(Settings.Tables tables, MutableClock clock) {
    this(tables, clock, new RecordedCalls(false), false);
  }

  private World(
      Settings.Tables tables, MutableClock clock, RecordedCalls recorded, boolean hasWindowKeys) {
    this.recorded = recorded;
    this.tables = tables;
    this.clock = clock;
    now = clock.seconds();
    stores = DynamoStores.on(new AwsClients(dynamoDb, KMS), tables, Entropy.secure());
    aws = new AwsClients(recorded.around(dynamoDb, tables), recorded.around(KMS, DATA_KEY));
    var recordedStores = DynamoStores.on(aws, tables, Entropy.secure());
    wiring =
        new Wiring(
            new ServerIdentity(ISSUER, ISSUER + "/fhir"),
            recordedStores,
            hasWindowKeys
                ? windowKeys(aws, recordedStores, clock)
                : aws.signingKeys(recordedStores.signingSchedules(), SIGNING_KEYS, clock, _ -> {}),
            aws.tokenKeys(InProcessKms.TOKEN_KEY, recordedStores.tokenKeys(), clock),
            clientSecretKey(aws, recordedStores),
            KeySetReader.onTheInternet(),
            new EventLog(events::add, clock),
            clock,
            Entropy.secure(),
            RegistrationPolicy.sandbox(RegistrationMode.OPEN),
            new ConsentSettings(true),
            Optional.empty(),
            Edge.none());
  }

  /// A deployment that is in use.
  static World inUse() {
    var unchanged = UNCHANGED.poll();
    return unchanged == null
        ? create(true, new MutableClock())
        : new World(unchanged, new MutableClock());
  }

  /// The same for a function in another process, which goes by the real time.
  static World inUseNow() {
    var clock = new MutableClock();
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return create(true, clock);
  }

  /// A deployment that is in use and signs with window keys.
  static World withWindowKeys() {
    var tables = TableTemplates.create(DynamoDbLocal.client());
    var world = new World(tables, new MutableClock(), new RecordedCalls(false), true);
    world.seed(true);
    return world;
  }

  /// A deployment that is in use, where another request or the time to live is always a moment
  /// faster: an item has gone when it is to be changed under a condition.
  static World thatLosesItems() {
    var tables = TableTemplates.create(DynamoDbLocal.client());
    var world = new World(tables, new MutableClock(), new RecordedCalls(true), false);
    world.seed(true);
    return world;
  }

  /// What was signed two days ago, when window keys were on, left the one for today behind.
  private void seedWindowKey() {
    var before = new MutableClock();
    before.set(clock.instant().minus(Duration.ofDays(2)));
    var _ =
        windowKeys(new AwsClients(dynamoDb, KMS), stores, before)
            .signer()
            .sign(new JWTClaimsSet.Builder().build(), AccessTokens.TYPE);
  }

  private SigningKeys windowKeys(AwsClients clients, Stores kept, MutableClock at) {
    return clients.windowSigningKeys(
        kept.signingSchedules(),
        SIGNING_KEYS,
        InProcessKms.TOKEN_KEY,
        clients.table(tables.registry()),
        at,
        _ -> {});
  }

  /// A deployment that has needed no key yet, neither for refresh tokens nor for client secrets.
  static World beforeItsFirstKey() {
    return create(false, new MutableClock());
  }

  private static World create(boolean hasKeys, MutableClock clock) {
    var world = new World(TableTemplates.create(DynamoDbLocal.client()), clock);
    world.seed(hasKeys);
    return world;
  }

  /// Says that a deployment that was in use is not needed any more. Filling tables takes most of
  /// the time of an event, so those that nothing was written to serve another one.
  void end() {
    if (!recorded.wroteToTables()) {
      UNCHANGED.add(tables);
    }
  }

  AwsClients aws() {
    return aws;
  }

  Settings.Tables tables() {
    return tables;
  }

  /// People sign in at a portal where the name of the event says so.
  Wiring wiring(EventCase event) {
    var isAtThePortal = event.function().equals("portal") || event.name().startsWith("portal-");
    return isAtThePortal ? wiring.withPortal(new TestPortal(now)) : wiring;
  }

  /// An event with the signed tokens that it speaks of.
  String withSignedTokens(String event) {
    return new SignedTokens(stores, wiring.identity(), tokenKeys(), clock.instant()).in(event);
  }

  /// The log lines for operators.
  List<String> events() {
    return List.copyOf(events);
  }

  /// The AWS calls that the functions made.
  Set<String> calls() {
    return recorded.calls();
  }

  /// What is revoked, by readable names.
  Set<String> revoked() {
    return new Revocations(stores).names();
  }

  private void seed(boolean hasKeys) {
    if (hasKeys) {
      var keys = stores.tokenKeys();
      var _ = keys.putIfAbsent(WrappedTokenKey.of(1, WRAPPED, now - 7200));
      var _ = keys.putIfAbsent(WrappedTokenKey.of(2, WRAPPED, now - 3600));
      var _ = keys.retire(2, now - 1800);
      seedWindowKey();
    }
    new Apps(stores, now).seed(hasKeys ? clientSecrets() : null);
    new Codes(stores, now).seed();
    new Keys(stores, now, tokenKey()).seed();
    new People(stores, now).seed();
    new UnderWay(stores, now).seed();
    stores
        .cutoffs()
        .raise(SignedTokens.id(SignedTokens.REVOKED_SERVICE_TOKEN), now - 60, now + 240);
  }

  private SecretHashing clientSecrets() {
    var _ = stores.wrappedKeys().keepFirst(SecretHashing.KEY_USE, WRAPPED);
    var kms = new RecordedCalls(false).around(KMS, DATA_KEY);
    return new SecretHashing(clientSecretKey(new AwsClients(dynamoDb, kms), stores));
  }

  private SharedKey clientSecretKey(AwsClients aws, Stores stores) {
    return aws.sharedKey(
        InProcessKms.TOKEN_KEY, SecretHashing.KEY_USE, stores.wrappedKeys(), clock);
  }

  static String callback(ClientId client) {
    return client.equals(WEB)
        ? "https://app.example.org/callback"
        : "http://127.0.0.1:52001/callback";
  }

  /// A family whose id says its name: SHA-256 of it, cut to 16 bytes.
  static FamilyId familyId(String name) {
    return FamilyId.of(Arrays.copyOf(sha256("family " + name), FamilyId.BYTES));
  }

  /// The token key as the functions unwrap it.
  private TokenKey tokenKey() {
    return tokenKeys().current();
  }

  private TokenKeys tokenKeys() {
    var kms = new RecordedCalls(false).around(KMS, DATA_KEY);
    return new AwsClients(dynamoDb, kms)
        .tokenKeys(InProcessKms.TOKEN_KEY, new AlreadyWrapped(WRAPPED), clock);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
