package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.aws.KmsTokenSigner;
import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.ThisMachine;
import dev.latchkey.portal.ClaimMapping;
import dev.latchkey.portal.OwnAssertion;
import dev.latchkey.portal.Portal.Answer;
import dev.latchkey.portal.PortalSettings;
import dev.latchkey.portal.lookup.LookupSettings;
import dev.latchkey.portal.lookup.SearchedPeople;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Wiring;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who signs in at a portal, looked up in a real FHIR server that lets in nobody without a token.
class SignInLookupFlowTest {
  private static final String SYSTEM = "http://hospital.smarthealthit.org";
  private static final String BOBBY = "28073e8d-cf2c-f2a6-a9aa-4942d33560bc";
  private static final RunningSandbox SANDBOX = RunningSandbox.jdbc();
  private static final ClientId CLIENT = new ClientId("look-up-at-sign-in");
  private static final IdType HELPER = new IdType("RelatedPerson", "helper");
  private static final IdType LOCUM = new IdType("Practitioner", "locum");

  private static final KmsTokenSigner KEY =
      new KmsTokenSigner(
          new InProcessKms(),
          () -> KeySchedule.parse("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY),
          _ -> {});

  @BeforeAll
  static void registerTheLookUp() {
    SANDBOX.bean(Wiring.class).stores().clients().put(client());
    var helper = new RelatedPerson().setPatient(new Reference("Patient/kendal"));
    helper.addIdentifier().setSystem("urn:test:accounts").setValue("a,b|c");
    helper.setId(HELPER);
    SANDBOX
        .bean(DaoRegistry.class)
        .getResourceDao(RelatedPerson.class)
        .update(helper, new SystemRequestDetails());
    var locum = new Practitioner();
    locum.addIdentifier().setSystem("urn:test:accounts").setValue("locum");
    locum.addName().setFamily("Roe").addGiven("Kim");
    locum.setId(LOCUM);
    SANDBOX
        .bean(DaoRegistry.class)
        .getResourceDao(Practitioner.class)
        .update(locum, new SystemRequestDetails());
  }

  @AfterAll
  static void forgetIt() {
    SANDBOX
        .bean(DaoRegistry.class)
        .getResourceDao(RelatedPerson.class)
        .delete(HELPER, new SystemRequestDetails());
    SANDBOX
        .bean(DaoRegistry.class)
        .getResourceDao(Practitioner.class)
        .delete(LOCUM, new SystemRequestDetails());
  }

  @Test
  void aPatientIsFoundAndOnlyByTheirOwnIdentifier() {
    assertThat(lookUp(SYSTEM, BOBBY))
        .isInstanceOfSatisfying(
            Answer.Known.class,
            found -> {
              assertThat(found.user().fhirUser()).isEqualTo("Patient/bobby");
              assertThat(found.user().patients())
                  .singleElement()
                  .satisfies(
                      patient -> {
                        assertThat(patient.id()).isEqualTo("bobby");
                        assertThat(patient.name()).startsWith("Bobby");
                        assertThat(patient.birthDate()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
                      });
            });
    assertThat(lookUp(SYSTEM, BOBBY.substring(1))).isInstanceOf(Answer.Unlinked.class);
    assertThat(lookUp("urn:test:accounts", BOBBY)).isInstanceOf(Answer.Unlinked.class);
  }

  @Test
  void whoActsForAPatientIsFoundByAnIdentifierThatWouldBeSeveralInASearch() {
    assertThat(lookUp("urn:test:accounts", "a,b|c"))
        .isInstanceOfSatisfying(
            Answer.Known.class,
            found -> {
              assertThat(found.user().fhirUser()).isEqualTo("RelatedPerson/helper");
              assertThat(found.user().patients())
                  .singleElement()
                  .satisfies(patient -> assertThat(patient.name()).startsWith("Kendal"));
            });
    assertThat(lookUp("urn:test:accounts", "a")).isInstanceOf(Answer.Unlinked.class);
  }

  @Test
  void aPractitionerIsFoundAndBringsNobodysRecordAlong() {
    assertThat(lookUp("urn:test:accounts", "locum"))
        .isInstanceOfSatisfying(
            Answer.Known.class,
            found -> {
              assertThat(found.user().fhirUser()).isEqualTo("Practitioner/locum");
              assertThat(found.user().name()).isEqualTo("Kim Roe");
              assertThat(found.user().patients()).isEmpty();
            });
  }

  private static Answer lookUp(String system, String value) {
    var identity = SANDBOX.bean(Wiring.class).identity();
    var clock = InstantSource.system();
    var portal =
        new PortalSettings("https://portal.example", "x", identity.fhirBase(), "fhirUser", "p");
    var people =
        new SearchedPeople(
            new LookupSettings(
                identity.issuer(), CLIENT.value(), identity.fhirBase(), system, "sub"),
            new ClaimMapping(portal),
            ThisMachine.calls(),
            new OwnAssertion(KEY, clock, Entropy.secure()),
            clock);
    return people.link(Map.of("sub", value), clock.instant().getEpochSecond());
  }

  private static Client client() {
    JWKSet keys = KEY.published();
    var credentials = ClientCredentials.keys(ClientKeys.inline(keys.toString(true)));
    return new Client(
            CLIENT,
            ClientProfile.named("Look-up at sign-in", "Looks up who signed in."),
            ApplicationType.WEB,
            new ClientCredentials(
                credentials.methods(),
                credentials.secrets(),
                credentials.keys(),
                Set.of("RS256"),
                credentials.issuerAudienceOnly()),
            List.of(),
            ScopeSet.parse("system/Patient.s system/RelatedPerson.s system/Practitioner.s"),
            InstantSource.system().instant().getEpochSecond())
        .withGrantTypes(EnumSet.of(GrantType.CLIENT_CREDENTIALS));
  }
}
