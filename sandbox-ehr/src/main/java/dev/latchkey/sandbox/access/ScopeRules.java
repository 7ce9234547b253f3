package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationFlagsEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilderRuleOp;
import ca.uhn.fhir.rest.server.interceptor.auth.PolicyEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.Interaction;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;

/// The scopes once more, as rules of HAPI's own authorization engine: a second opinion that shares
/// no code with the other gates.
///
/// The flag lets a patient read the history of an own resource, which HAPI otherwise blocks because
/// it cannot tell from the request line whose resource it is.
@Interceptor(order = Gates.RULES)
public final class ScopeRules extends AuthorizationInterceptor implements FhirInterceptor {
  private final PatientRecord record;
  private final Refusals refusals;

  ScopeRules(PatientRecord record, Refusals refusals) {
    super(PolicyEnum.DENY);
    this.record = record;
    this.refusals = refusals;
    setFlags(AuthorizationFlagsEnum.DO_NOT_PROACTIVELY_BLOCK_COMPARTMENT_READ_ACCESS);
  }

  @Override
  public List<IAuthRule> buildRuleList(RequestDetails request) {
    var rules = new ArrayList<IAuthRule>(new RuleBuilder().allow().metadata().build());
    if (request instanceof ServletRequestDetails servlet) {
      AccessToken.of(servlet.getServletRequest()).ifPresent(token -> add(rules, token));
    }
    rules.addAll(new RuleBuilder().denyAll().build());
    return rules;
  }

  private void add(List<IAuthRule> rules, AccessToken token) {
    var fhirUser = token.fhirUser();
    if (fhirUser != null) {
      var user = new IdType(fhirUser);
      if (token.isOwnUser(user.getResourceType(), user.getIdPart())) {
        rules.addAll(new RuleBuilder().allow().read().instance(user).build());
      }
    }
    if (token.isOfService()) {
      addSystemScopes(rules, token);
    } else if (token.patient() != null) {
      addScopes(rules, token, new IdType(PatientRecord.PATIENT, token.patient()));
    }
  }

  /// A service reads the types of its scopes, whosever they are, and writes nothing.
  private static void addSystemScopes(List<IAuthRule> rules, AccessToken token) {
    for (var type : token.typesWith(Interaction.READ, Interaction.SEARCH)) {
      rules.addAll(new RuleBuilder().allow().read().resourcesOfType(type).withAnyId().build());
    }
  }

  /// One builder per kind of rule: a builder that made a `create` rule makes another when asked for
  /// `write` (HAPI 8.8.0).
  private void addScopes(List<IAuthRule> rules, AccessToken token, IdType patient) {
    for (var type : token.typesWith(Interaction.READ, Interaction.SEARCH)) {
      var read = new RuleBuilder().allow().read().resourcesOfType(type);
      rules.addAll(
          record.kind(type) == Kind.DIRECTORY
              ? read.withAnyId().build()
              : read.inCompartment(PatientRecord.PATIENT, patient).build());
    }
    for (var type : token.typesWith(Interaction.CREATE)) {
      rules.addAll(within(patient, type, new RuleBuilder().allow().create()));
    }
    for (var type : token.typesWith(Interaction.UPDATE)) {
      rules.addAll(within(patient, type, new RuleBuilder().allow().write()));
    }
    for (var type : token.typesWith(Interaction.DELETE)) {
      rules.addAll(within(patient, type, new RuleBuilder().allow().delete()));
    }
    rules.addAll(new RuleBuilder().allow().patch().allRequests().build());
    rules.addAll(
        new RuleBuilder()
            .allow()
            .operation()
            .named("$everything")
            .onInstance(patient)
            .andRequireExplicitResponseAuthorization()
            .build());
  }

  private static List<IAuthRule> within(IdType patient, String type, IAuthRuleBuilderRuleOp rule) {
    return rule.resourcesOfType(type).inCompartment(PatientRecord.PATIENT, patient).build();
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
