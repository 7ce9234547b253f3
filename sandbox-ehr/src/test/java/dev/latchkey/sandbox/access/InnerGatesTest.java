package dev.latchkey.sandbox.access;

import static dev.latchkey.scope.RecordCategory.LABORATORY;
import static dev.latchkey.scope.RecordCategory.VITAL_SIGNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.entity.Search;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthorizationSearchParamMatcher;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthorizationSearchParamMatcher.MatchResult;
import ca.uhn.fhir.rest.server.interceptor.auth.PolicyEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.sandbox.access.AccessToken.Holder;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.TokenType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The gates that stand behind the scope check, each alone: over HTTP nothing reaches them that
/// they would have to stop.
class InnerGatesTest {
  private static final ServerIdentity HERE =
      new ServerIdentity("http://localhost:8080", "http://localhost:8080/fhir");
  private static final Refusals REFUSALS = new Refusals(new Challenges(HERE));
  private static final PatientRecord RECORD = new PatientRecord(FhirCalls.FHIR, HERE.fhirBase());

  /// As HAPI does it, with its search index: here for one category.
  private static final IAuthorizationSearchParamMatcher FILTERS =
      (query, resource) -> {
        assertThat(query).isEqualTo("Observation?category=" + LABORATORY.token());
        return ((Observation) resource).hasCategory()
            ? MatchResult.buildMatched()
            : MatchResult.buildUnmatched();
      };

  private static ServletRequestDetails asked(@Nullable AccessToken token) {
    var servlet =
        Proxy.newProxyInstance(
            InnerGatesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> method.getName().equals("getAttribute") ? token : null);
    var request = new ServletRequestDetails();
    request.setServer(new RestfulServer(FhirCalls.FHIR));
    request.setServletRequest((HttpServletRequest) servlet);
    return request;
  }

  private static AccessToken token(String scopes) {
    return new AccessToken(
        Holder.USER,
        TokenType.BEARER,
        "app",
        ScopeSet.parse(scopes),
        "ana",
        "Patient/ana",
        Set.of(),
        "ana");
  }

  private static Search of(String type) {
    var search = new Search();
    search.setResourceType(type);
    return search;
  }

  private static SearchParameterMap with(String name, IQueryParameterType value) {
    return new SearchParameterMap().add(name, value);
  }

  private static SearchParameterMap either(String one, String other) {
    var owners = new ReferenceOrListParam().add(new ReferenceParam(one));
    return new SearchParameterMap().add("patient", owners.add(new ReferenceParam(other)));
  }

  record Query(String type, SearchParameterMap parameters) {}

  static Stream<Query> bound() {
    return Stream.of(
        new Query("Observation", with("patient", new ReferenceParam("Patient/ana"))),
        new Query("Observation", with("patient", new ReferenceParam("ana"))),
        new Query("Patient", with("_id", new TokenParam("ana"))),
        new Query("Organization", new SearchParameterMap()));
  }

  @ParameterizedTest
  @MethodSource("bound")
  void aSearchBoundToThePatientMayRun(Query query) {
    var gate = new NarrowedSearches(RECORD, REFUSALS);
    assertThatCode(() -> gate.check(asked(token("patient/*.rs")), of(query.type), query.parameters))
        .doesNotThrowAnyException();
  }

  static Stream<Query> unbound() {
    var missing = new ReferenceParam();
    missing.setMissing(true);
    return Stream.of(
        new Query("Observation", new SearchParameterMap()),
        new Query("Observation", with("code", new TokenParam("1"))),
        new Query("Observation", with("performer", new ReferenceParam("Patient/ana"))),
        new Query("Observation", with("patient", new ReferenceParam("Patient/ben"))),
        new Query("Observation", with("patient", new ReferenceParam("name", "ana"))),
        new Query("Observation", with("patient", missing)),
        new Query("Patient", new SearchParameterMap()),
        new Query("Patient", with("_id", new TokenParam("ben"))),
        new Query(
            "Patient", with("_id", new TokenParam("ana").setModifier(TokenParamModifier.NOT))),
        new Query("Observation", either("ana", "ben")),
        new Query("SearchParameter", new SearchParameterMap()));
  }

  @ParameterizedTest
  @MethodSource("unbound")
  void anUnboundSearchNeverReachesTheStore(Query query) {
    var gate = new NarrowedSearches(RECORD, REFUSALS);
    var refusal =
        catchThrowableOfType(
            BaseServerResponseException.class,
            () -> gate.check(asked(token("patient/*.rs")), of(query.type), query.parameters));
    assertThat(refusal.getStatusCode()).isEqualTo(403);
  }

  @Test
  void aSearchWithoutTokenNeverReachesTheStoreAndOneOfTheServerItselfDoes() {
    var gate = new NarrowedSearches(RECORD, REFUSALS);
    var query = new SearchParameterMap();
    var refusal =
        catchThrowableOfType(
            BaseServerResponseException.class,
            () -> gate.check(asked(null), of("Organization"), query));
    assertThat(refusal.getStatusCode()).isEqualTo(401);
    assertThatCode(() -> gate.check(new SystemRequestDetails(), of("Observation"), query))
        .doesNotThrowAnyException();
  }

  private static PolicyEnum shows(@Nullable AccessToken token, Resource resource) {
    return new ScopeRules(RECORD, FILTERS, REFUSALS)
        .applyRulesAndReturnDecision(
            RestOperationTypeEnum.READ,
            asked(token),
            null,
            null,
            resource,
            Pointcut.STORAGE_PRESHOW_RESOURCES)
        .getDecision();
  }

  private static PolicyEnum writes(
      String scopes, RestOperationTypeEnum operation, Resource resource) {
    return new ScopeRules(RECORD, FILTERS, REFUSALS)
        .applyRulesAndReturnDecision(
            operation,
            asked(token(scopes)),
            resource,
            resource.getIdElement(),
            null,
            Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
        .getDecision();
  }

  private static Resource observationOf(String patient) {
    return new Observation().setSubject(new Reference("Patient/" + patient)).setId("Observation/1");
  }

  @Test
  void theRulesShowGrantedTypesOfThePatientOnly() {
    var app = token("patient/Observation.rs patient/Organization.r");
    assertThat(shows(app, observationOf("ana"))).isEqualTo(PolicyEnum.ALLOW);
    assertThat(shows(app, observationOf("ben"))).isEqualTo(PolicyEnum.DENY);
    var condition = new Condition().setSubject(new Reference("Patient/ana"));
    assertThat(shows(app, condition.setId("Condition/1"))).isEqualTo(PolicyEnum.DENY);
    assertThat(shows(app, new Patient().setId("Patient/ana"))).isEqualTo(PolicyEnum.DENY);
    assertThat(shows(app, new Organization().setId("Organization/1"))).isEqualTo(PolicyEnum.ALLOW);
    assertThat(shows(null, new Organization().setId("Organization/1"))).isEqualTo(PolicyEnum.DENY);
  }

  @Test
  void theRulesApplyFilters() {
    var app = token("patient/Observation.cr?category=" + LABORATORY.token());
    var lab = observationOf("ana");
    ((Observation) lab).addCategory(new CodeableConcept().setText("a laboratory result"));
    assertThat(shows(app, lab)).isEqualTo(PolicyEnum.ALLOW);
    assertThat(shows(app, observationOf("ana"))).isEqualTo(PolicyEnum.DENY);
    var service =
        new AccessToken(
            Holder.SERVICE,
            TokenType.BEARER,
            "service",
            ScopeSet.parse("system/Observation.r?category=" + LABORATORY.token()),
            null,
            null,
            Set.of(),
            null);
    assertThat(shows(service, lab)).isEqualTo(PolicyEnum.ALLOW);
    assertThat(shows(service, observationOf("ana"))).isEqualTo(PolicyEnum.DENY);
    var writes = "patient/Observation.cu?category=" + LABORATORY.token();
    assertThat(writes(writes, RestOperationTypeEnum.CREATE, lab)).isEqualTo(PolicyEnum.ALLOW);
    assertThat(writes(writes, RestOperationTypeEnum.CREATE, observationOf("ana")))
        .isEqualTo(PolicyEnum.DENY);
  }

  /// The store is asked for no more than the filter lets through.
  @ParameterizedTest
  @MethodSource("categories")
  void aSearchStaysWithinTheFilter(TokenParam category, boolean runs) {
    var gate = new NarrowedSearches(RECORD, REFUSALS);
    var request = asked(token("patient/Observation.rs?category=" + LABORATORY.token()));
    var query = with("patient", new ReferenceParam("Patient/ana")).add("category", category);
    var refusal =
        catchThrowableOfType(
            BaseServerResponseException.class, () -> gate.check(request, of("Observation"), query));
    assertThat(refusal == null).isEqualTo(runs);
  }

  static Stream<Arguments> categories() {
    var missing = new TokenParam();
    missing.setMissing(false);
    return Stream.of(
        arguments(new TokenParam(LABORATORY.system(), LABORATORY.code()), true),
        arguments(new TokenParam(VITAL_SIGNS.system(), VITAL_SIGNS.code()), false),
        arguments(new TokenParam(LABORATORY.code()), false),
        arguments(
            new TokenParam(LABORATORY.system(), LABORATORY.code())
                .setModifier(TokenParamModifier.NOT),
            false),
        arguments(missing, false));
  }

  @Test
  void theRulesShowTheSignedInUser() {
    assertThat(shows(token("openid fhirUser"), new Patient().setId("Patient/ana")))
        .isEqualTo(PolicyEnum.ALLOW);
    assertThat(shows(token("openid"), new Patient().setId("Patient/ana")))
        .isEqualTo(PolicyEnum.DENY);
  }

  @Test
  void theRulesKeepCreateUpdateAndDeleteApart() {
    var operations =
        Stream.of(
                RestOperationTypeEnum.CREATE,
                RestOperationTypeEnum.UPDATE,
                RestOperationTypeEnum.DELETE)
            .toList();
    for (var operation : operations) {
      assertThat(writes("patient/*.cud", operation, observationOf("ana")))
          .isEqualTo(PolicyEnum.ALLOW);
      assertThat(writes("patient/*.cud", operation, observationOf("ben")))
          .isEqualTo(PolicyEnum.DENY);
      assertThat(writes("patient/*.rs", operation, observationOf("ana")))
          .isEqualTo(PolicyEnum.DENY);
    }
    assertThat(writes("patient/*.c", RestOperationTypeEnum.UPDATE, observationOf("ana")))
        .isEqualTo(PolicyEnum.DENY);
    assertThat(writes("patient/*.cu", RestOperationTypeEnum.DELETE, observationOf("ana")))
        .isEqualTo(PolicyEnum.DENY);
  }
}
