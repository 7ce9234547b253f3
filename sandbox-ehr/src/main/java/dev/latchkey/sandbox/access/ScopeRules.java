package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationFlagsEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilderRule;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilderRuleOp;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthorizationSearchParamMatcher;
import ca.uhn.fhir.rest.server.interceptor.auth.PolicyEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.sandbox.fhir.Exports;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.FilterCondition;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.RecordFilter;
import dev.latchkey.scope.RecordType;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ConcurrentLruCache;

/// The scopes once more, as rules of HAPI's own authorization engine: a second opinion that shares
/// no code with the other gates.
///
/// The flag lets a patient read the history of an own resource, which HAPI otherwise blocks because
/// it cannot tell from the request line whose resource it is.
@Interceptor(order = Gates.RULES)
public final class ScopeRules extends AuthorizationInterceptor implements FhirInterceptor {
  private static final Interaction[] READS = {Interaction.READ, Interaction.SEARCH};
  private static final int MOST_READY = 1_000;
  private static final List<String> EXPORT_OPERATIONS = List.of(Exports.START, Exports.STATUS);

  private final PatientRecord record;
  private final Refusals refusals;

  /// What follows from a token does not change; only the least recently used are forgotten.
  private final ConcurrentLruCache<Optional<AccessToken>, List<IAuthRule>> ready =
      new ConcurrentLruCache<>(MOST_READY, token -> rules(token, null));

  /// @param filters applies the filters of scopes, which are FHIR searches, to one resource
  ScopeRules(PatientRecord record, IAuthorizationSearchParamMatcher filters, Refusals refusals) {
    super(PolicyEnum.DENY);
    setAuthorizationSearchParamMatcher(filters);
    this.record = record;
    this.refusals = refusals;
    setFlags(AuthorizationFlagsEnum.DO_NOT_PROACTIVELY_BLOCK_COMPARTMENT_READ_ACCESS);
  }

  @Override
  public List<IAuthRule> buildRuleList(RequestDetails request) {
    var token =
        request instanceof ServletRequestDetails servlet
            ? AccessToken.of(servlet.getServletRequest())
            : Optional.<AccessToken>empty();
    return Exports.GROUP.equals(request.getResourceName())
        ? rules(token, request.getId())
        : ready.get(token);
  }

  private List<IAuthRule> rules(Optional<AccessToken> token, @Nullable IIdType group) {
    var rules = new ArrayList<IAuthRule>(new RuleBuilder().allow().metadata().build());
    token.ifPresent(one -> add(rules, one, group));
    rules.addAll(new RuleBuilder().denyAll().build());
    return List.copyOf(rules);
  }

  private void add(List<IAuthRule> rules, AccessToken token, @Nullable IIdType group) {
    var fhirUser = token.fhirUser();
    if (fhirUser != null) {
      var user = new IdType(fhirUser);
      if (token.isOwnUser(user.getResourceType(), user.getIdPart())) {
        rules.addAll(new RuleBuilder().allow().read().instance(user).build());
      }
    }
    if (token.isOfService()) {
      addSystemScopes(rules, token, group);
    } else {
      addDirectory(rules, token);
      var patient = token.patient();
      addScopes(rules, token, ScopeContext.PATIENT, patient == null ? Set.of() : Set.of(patient));
      addScopes(rules, token, ScopeContext.USER, token.userPatients());
    }
  }

  /// A service reads the types of its scopes, whosever they are, exports them, and writes nothing.
  private static void addSystemScopes(
      List<IAuthRule> rules, AccessToken token, @Nullable IIdType group) {
    for (var type : token.typesWith(READS)) {
      for (var filter : filters(token.scopes(), ScopeContext.SYSTEM, type, READS)) {
        var read = new RuleBuilder().allow().read().resourcesOfType(type);
        rules.addAll(
            (filter.isEverything() ? read.withAnyId() : read.withFilter(query(filter))).build());
      }
    }
    addExports(rules, token, group);
  }

  /// Types are named even where all are allowed: HAPI takes none for any.
  private static void addExports(
      List<IAuthRule> rules, AccessToken token, @Nullable IIdType group) {
    var types =
        token.typesWith(Interaction.READ).stream()
            .filter(type -> token.allowsAll(type, Interaction.READ))
            .toList();
    if (types.isEmpty()) {
      return;
    }
    var export = new RuleBuilder().allow().bulkExport();
    rules.addAll(export.systemExport().withResourceTypes(types).build());
    var exportOfPatients = new RuleBuilder().allow().bulkExport();
    rules.addAll(exportOfPatients.patientExportOnAllPatients().withResourceTypes(types).build());
    if (group != null && token.allowsAll(Exports.GROUP, Interaction.READ)) {
      var id = new IdType(Exports.GROUP, group.getIdPart());
      var exportOfGroup = new RuleBuilder().allow().bulkExport().groupExportOnGroup(id);
      rules.addAll(exportOfGroup.withResourceTypes(types).build());
    }
    for (var name : EXPORT_OPERATIONS) {
      var operation = new RuleBuilder().allow().operation().named(name);
      rules.addAll(operation.atAnyLevel().andAllowAllResponses().build());
    }
    rules.addAll(
        new RuleBuilder().allow().read().resourcesOfType(Exports.FILES).withAnyId().build());
  }

  private void addDirectory(List<IAuthRule> rules, AccessToken token) {
    for (var type : token.typesWith(READS)) {
      if (record.kind(type) == Kind.DIRECTORY) {
        rules.addAll(new RuleBuilder().allow().read().resourcesOfType(type).withAnyId().build());
      }
    }
  }

  /// What the scopes of one context allow in the records that they are about.
  private static void addScopes(
      List<IAuthRule> rules, AccessToken token, ScopeContext context, Set<String> patients) {
    if (patients.isEmpty()) {
      return;
    }
    var records = new Records(token.scopes(), context, patients);
    records.add(rules, IAuthRuleBuilderRule::read, READS);
    records.add(rules, IAuthRuleBuilderRule::create, Interaction.CREATE);
    records.add(rules, IAuthRuleBuilderRule::write, Interaction.UPDATE);
    records.add(rules, IAuthRuleBuilderRule::delete, Interaction.DELETE);
    rules.addAll(new RuleBuilder().allow().patch().allRequests().build());
    rules.addAll(
        new RuleBuilder()
            .allow()
            .operation()
            .named("$everything")
            .onInstances(List.copyOf(records.owners()))
            .andRequireExplicitResponseAuthorization()
            .build());
  }

  /// The records that scopes of one context are about.
  private record Records(ScopeSet scopes, ScopeContext context, Set<String> patients) {
    private List<IIdType> owners() {
      return patients.stream()
          .map(patient -> (IIdType) new IdType(PatientRecord.PATIENT, patient))
          .toList();
    }

    /// One builder per kind of rule: a builder that made a `create` rule makes another when asked
    /// for `write` (HAPI 8.8.0).
    private void add(
        List<IAuthRule> rules,
        Function<IAuthRuleBuilderRule, IAuthRuleBuilderRuleOp> rule,
        Interaction... interactions) {
      for (var type : RecordType.values()) {
        for (var filter : filters(scopes, context, type.fhirName(), interactions)) {
          var entries = rule.apply(new RuleBuilder().allow()).resourcesOfType(type.fhirName());
          if (filter.isEverything()) {
            rules.addAll(entries.inCompartment(PatientRecord.PATIENT, owners()).build());
          } else {
            owners().forEach(owner -> rules.addAll(filtered(rule, type, owner, filter)));
          }
        }
      }
    }

    private static List<IAuthRule> filtered(
        Function<IAuthRuleBuilderRule, IAuthRuleBuilderRuleOp> rule,
        RecordType type,
        IIdType owner,
        RecordFilter filter) {
      var entries = rule.apply(new RuleBuilder().allow()).resourcesOfType(type.fhirName());
      return entries.inCompartmentWithFilter(PatientRecord.PATIENT, owner, query(filter)).build();
    }
  }

  /// What one of these interactions is allowed on.
  private static Set<RecordFilter> filters(
      ScopeSet scopes, ScopeContext context, String type, Interaction... interactions) {
    return Stream.of(interactions)
        .map(interaction -> scopes.permission(context, type, interaction))
        .flatMap(
            permission ->
                switch (permission) {
                  case Permission.Full() -> Stream.of(RecordFilter.EVERYTHING);
                  case Permission.Filtered(var filter) -> Stream.of(filter);
                  case Permission.None() -> Stream.<RecordFilter>empty();
                })
        .collect(toSet());
  }

  private static String query(RecordFilter filter) {
    return filter.conditions().stream().map(FilterCondition::query).collect(joining("&"));
  }

  /// In our words: HAPI's name the rule.
  @Override
  protected void handleDeny(RequestDetails request, Verdict decision) {
    throw switch (request.getRestOperationType()) {
      case CREATE, UPDATE, PATCH, DELETE -> refusals.outsideTheRecord();
      case null, default -> refusals.notReachable();
    };
  }
}
