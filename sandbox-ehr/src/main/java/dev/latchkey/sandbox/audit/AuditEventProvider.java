package dev.latchkey.sandbox.audit;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.BaseParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceAndListParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.latchkey.sandbox.fhir.FhirProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/// Reads and finds accesses as AuditEvents. There is no way to write one.
///
/// The newest come first. What was recorded before a search is found by it.
public final class AuditEventProvider implements FhirProvider {
  private static final int USUAL_PAGE = 20;
  private static final int LARGEST_PAGE = 200;

  private final AccessLog log;
  private final AccessTable table;
  private final AuditEvents events;

  AuditEventProvider(AccessLog log, AccessTable table, AuditEvents events) {
    this.log = log;
    this.table = table;
    this.events = events;
  }

  @Override
  public Class<AuditEvent> getResourceType() {
    return AuditEvent.class;
  }

  @Read
  public AuditEvent read(@IdParam IdType id) {
    log.flush();
    var query = new AccessQuery().in("ID", List.of(id.getIdPart()));
    return table.find(query, 0, 1).stream()
        .map(events::of)
        .findFirst()
        .orElseThrow(() -> new ResourceNotFoundException(id));
  }

  @Search
  public IBundleProvider search(
      @OptionalParam(name = "_id") @Nullable TokenOrListParam ids,
      @OptionalParam(name = "patient") @Nullable ReferenceAndListParam patients,
      @OptionalParam(name = "entity") @Nullable ReferenceAndListParam entities,
      @OptionalParam(name = "agent") @Nullable ReferenceAndListParam agents,
      @OptionalParam(name = "date") @Nullable DateRangeParam date,
      @OptionalParam(name = "subtype") @Nullable TokenOrListParam interactions,
      @OptionalParam(name = "outcome") @Nullable TokenOrListParam outcomes,
      @Sort @Nullable SortSpec sort,
      @Count @Nullable Integer count,
      @Offset @Nullable Integer offset) {
    var query = new AccessQuery();
    tokens(ids).ifPresent(values -> query.in("ID", values));
    references(query, patients, AuditEventProvider::ofPatient);
    references(query, entities, AuditEventProvider::ofEntity);
    references(query, agents, AuditEventProvider::ofAgent);
    between(query, date);
    tokens(interactions).ifPresent(values -> query.in("INTERACTION", values));
    tokens(outcomes)
        .ifPresent(values -> query.whereOneOf(values.stream().map(AuditEventProvider::ofOutcome)));
    sort(query, sort);
    log.flush();
    return page(query, count, offset == null ? 0 : offset);
  }

  /// How many accesses to one record are kept.
  public int count(String patient) {
    log.flush();
    return table.count(new AccessQuery().in("PATIENT", List.of(patient)));
  }

  private IBundleProvider page(AccessQuery query, @Nullable Integer count, int offset) {
    var size = count == null ? USUAL_PAGE : Math.clamp(count, 0, LARGEST_PAGE);
    var found = table.find(query, offset, size).stream().map(events::of).toList();
    var page = new SimpleBundleProvider(found);
    page.setSize(table.count(query));
    page.setCurrentPageOffset(offset);
    page.setCurrentPageSize(size);
    return page;
  }

  /// As FHIR R4 defines the parameter: the patient's record, or the patient's doing.
  private static AccessQuery ofPatient(ReferenceParam patient) {
    if (patient.hasResourceType() && !patient.getResourceType().equals("Patient")) {
      throw new InvalidRequestException("The parameter patient names a Patient");
    }
    return new AccessQuery()
        .where(
            "(PATIENT = ? OR USER_REF = ?)", patient.getIdPart(), "Patient/" + patient.getIdPart());
  }

  private static AccessQuery ofEntity(ReferenceParam entity) {
    var reference = typed(entity);
    return entity.getResourceType().equals("Patient")
        ? new AccessQuery().in("PATIENT", List.of(entity.getIdPart()))
        : new AccessQuery().in("TARGET", List.of(reference));
  }

  private static AccessQuery ofAgent(ReferenceParam agent) {
    return new AccessQuery().in("USER_REF", List.of(typed(agent)));
  }

  private static String typed(ReferenceParam reference) {
    if (!reference.hasResourceType()) {
      throw new InvalidRequestException("Name the type in the reference: Type/id");
    }
    return reference.getResourceType() + "/" + reference.getIdPart();
  }

  private static AccessQuery ofOutcome(String code) {
    return switch (code) {
      case "0" -> new AccessQuery().where("STATUS < 400");
      case "4" -> new AccessQuery().where("STATUS BETWEEN 400 AND 499");
      case "8" -> new AccessQuery().where("STATUS >= 500");
      default -> new AccessQuery().where("1 = 0");
    };
  }

  /// Repeated parameters are joined by "and", the values of one by "or".
  private static void references(
      AccessQuery query,
      @Nullable ReferenceAndListParam asked,
      Function<ReferenceParam, AccessQuery> condition) {
    Stream.ofNullable(asked)
        .flatMap(all -> all.getValuesAsQueryTokens().stream())
        .map(ReferenceOrListParam::getValuesAsQueryTokens)
        .forEach(
            either ->
                query.whereOneOf(either.stream().map(AuditEventProvider::plain).map(condition)));
  }

  private static ReferenceParam plain(ReferenceParam reference) {
    requireValue(reference);
    if (reference.getChain() != null || reference.getBaseUrl() != null) {
      throw new InvalidRequestException("Write the reference as Type/id, without a chain");
    }
    return reference;
  }

  private static void requireValue(BaseParam value) {
    if (value.getMissing() != null) {
      throw new InvalidRequestException("AuditEvents cannot be searched with :missing");
    }
  }

  private static Optional<List<String>> tokens(@Nullable TokenOrListParam asked) {
    return Optional.ofNullable(asked)
        .map(all -> all.getValuesAsQueryTokens().stream().map(AuditEventProvider::token).toList())
        .filter(values -> !values.isEmpty());
  }

  private static String token(TokenParam token) {
    requireValue(token);
    if (token.getModifier() != null) {
      throw new InvalidRequestException("AuditEvents cannot be searched with this modifier");
    }
    return token.getValue() == null ? "" : token.getValue();
  }

  private static void between(AccessQuery query, @Nullable DateRangeParam date) {
    if (date == null) {
      return;
    }
    var from = date.getLowerBoundAsInstant();
    var to = date.getUpperBoundAsInstant();
    if (from != null) {
      query.where("AT_MS >= ?", from.toInstant().toEpochMilli());
    }
    if (to != null) {
      query.where("AT_MS <= ?", to.toInstant().toEpochMilli());
    }
  }

  private static void sort(AccessQuery query, @Nullable SortSpec sort) {
    if (sort == null) {
      return;
    }
    if (!"date".equals(sort.getParamName()) || sort.getChain() != null) {
      throw new InvalidRequestException("AuditEvents are sorted by date, or by -date");
    }
    if (sort.getOrder() != SortOrderEnum.DESC) {
      query.oldestFirst();
    }
  }
}
