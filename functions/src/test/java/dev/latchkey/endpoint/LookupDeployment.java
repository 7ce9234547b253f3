package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.KmsTokenSigner;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.contract.SharedServer;
import dev.latchkey.contract.TestIdToken;
import dev.latchkey.contract.ThisMachine;
import dev.latchkey.http.Json;
import dev.latchkey.portal.lookup.LookupSettings;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.wiring.PortalWiring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A deployment that looks up in the FHIR server who somebody of the portal is, with an access
/// token that it gives to itself.
final class LookupDeployment implements SharedServer {
  static final String SYSTEM = "https://hospital.example/account";
  static final String SCOPE = "system/Patient.s system/RelatedPerson.s system/Practitioner.s";

  private final FhirPeople fhir;
  private final ScriptedProvider provider;
  private final TokenSigner key;
  private final String clientId;
  private PortalFunction function;

  static LookupDeployment start() {
    return new LookupDeployment();
  }

  private LookupDeployment() {
    fhir = FhirPeople.start();
    var local = fhir.local();
    provider = ScriptedProvider.start(local.clock());
    key = signer();
    clientId = registered();
    function = function(clientId);
    // The first look-up loads everything, which takes longer than one may where much else runs.
    var _ = ask("nobody");
    forget();
  }

  @Override
  public void close() {
    provider.close();
    fhir.close();
  }

  /// Nobody is there, and nothing is known of the servers.
  @Override
  public void forget() {
    provider.forget();
    fhir.forget();
    function = function(clientId);
  }

  /// As docs/sign-in.md has it: with the key that the function says it has.
  private String registered() {
    return registered(SCOPE);
  }

  /// @param scope that an operator allows the look-up
  String registered(String scope) {
    var keys =
        Invocation.of(new PortalFunction(Optional.empty(), Optional.of(key)), "{\"keys\":{}}");
    var metadata =
        Map.of(
            "client_name",
            "Look-up at sign-in",
            "grant_types",
            List.of("client_credentials"),
            "scope",
            scope,
            "token_endpoint_auth_method",
            "private_key_jwt",
            "token_endpoint_auth_signing_alg",
            "RS256",
            "jwks",
            keys.answer());
    var command = Map.<String, Object>of("command", "create-client", "metadata", metadata);
    var operator = new OperatorFunction(fhir.local().wiring());
    return String.valueOf(OperatorCall.of(command).to(operator).get("client_id"));
  }

  String clientId() {
    return clientId;
  }

  /// With a key of KMS that signs nothing else.
  static TokenSigner signer() {
    var schedule = KeySchedule.parse("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY);
    return new KmsTokenSigner(new InProcessKms(), () -> schedule, _ -> {});
  }

  PortalFunction function(String clientId) {
    return function(clientId, LookupSettings.SUBJECT);
  }

  /// @param claim that holds the identifier
  PortalFunction function(String clientId, String claim) {
    var identity = fhir.local().wiring().identity();
    var environment =
        Map.of(
            "LATCHKEY_ISSUER",
            identity.issuer(),
            "LATCHKEY_FHIR_BASE",
            identity.fhirBase(),
            "LATCHKEY_PORTAL_ISSUER",
            provider.issuer(),
            "LATCHKEY_PORTAL_CLIENT_ID",
            ScriptedProvider.CLIENT,
            "LATCHKEY_PORTAL_LOOKUP_SYSTEM",
            SYSTEM,
            "LATCHKEY_PORTAL_LOOKUP_CLAIM",
            claim,
            "LATCHKEY_PORTAL_LOOKUP_CLIENT_ID",
            clientId);
    var parts =
        PortalWiring.parts(
            environment,
            Optional.of(key),
            ThisMachine.calls(),
            fhir.local().clock(),
            Entropy.secure());
    return new PortalFunction(parts.portal(), parts.key());
  }

  /// The function as it is once this server is registered at itself under that id.
  void register(String clientId) {
    function = function(clientId);
  }

  PortalFunction function() {
    return function;
  }

  FhirPeople fhir() {
    return fhir;
  }

  TokenSigner key() {
    return key;
  }

  Invocation ask(String subject) {
    return ask(function, token -> token.claim("sub", subject));
  }

  /// The portal says of the browser that left with this nonce who came back in it.
  void comesBack(String subject, String nonce) {
    provider.handingOut(unnamed(nonce).claim("sub", subject));
  }

  /// Our `sub` of somebody.
  String subject(String subject) {
    return SecretHash.of(provider.issuer() + "\n" + subject).value();
  }

  private TestIdToken unnamed(String nonce) {
    return provider.idToken(nonce).claim("name", null).claim("fhirUser", null);
  }

  Invocation ask(PortalFunction asked, UnaryOperator<TestIdToken> said) {
    provider.handingOut(said.apply(unnamed(PortalCall.NONCE)));
    return Invocation.of(asked, Json.write(PortalCall.back(null).event()));
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> user(String subject) {
    var answer = ask(subject);
    assertThat(answer.log()).isEmpty();
    return (Map<String, Object>) answer.object("user");
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> patients(Map<?, ?> user) {
    return (List<Map<String, Object>>) Objects.requireNonNull(user.get("patients"));
  }

  static void assertUnlinked(Invocation answer) {
    assertThat(answer.answer()).isEqualTo(Map.of("error", "unlinked"));
  }

  static void assertUnreachable(Invocation answer) {
    assertThat(answer.answer()).isEqualTo(Map.of("error", "unreachable"));
  }

  /// Operators learn why, and nothing of who it was.
  static void assertRefused(Invocation answer, String reason) {
    assertThat(answer.answer()).containsEntry("error", "refused");
    assertThat(String.valueOf(answer.answer().get("reason"))).contains(reason);
    assertThat(answer.log())
        .singleElement()
        .asString()
        .contains("portal_refused")
        .doesNotContain("4711", "ana", "Silva");
  }

  static Map<String, Object> patient(String id, String account, String given) {
    var patient = resource("Patient", id, account);
    patient.put("name", name(given, "Silva"));
    patient.put("birthDate", "1988-04-02");
    return patient;
  }

  static Map<String, Object> related(String id, String account, String patient) {
    var related = resource("RelatedPerson", id, account);
    related.put("patient", Map.of("reference", patient));
    return related;
  }

  static Map<String, Object> practitioner(String id, String account, String given) {
    var practitioner = resource("Practitioner", id, account);
    practitioner.put("name", name(given, "Roe"));
    return practitioner;
  }

  private static Map<String, Object> resource(String type, String id, String account) {
    var resource = new LinkedHashMap<String, Object>();
    resource.put("resourceType", type);
    resource.put("id", id);
    resource.put("identifier", identifiers(account));
    return resource;
  }

  private static List<Object> name(String given, String family) {
    return List.of(Map.of("given", List.of(given), "family", family));
  }

  static List<Map<String, String>> identifiers(String account) {
    return List.of(
        Map.of("system", "https://hospital.example/record", "value", "4711-of-another-system"),
        Map.of("system", SYSTEM, "value", account));
  }

  static Map<String, Object> changed(Map<String, Object> resource, String name, Object value) {
    resource.put(name, value);
    return resource;
  }
}
