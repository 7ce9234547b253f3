package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.sandbox.fhir.Exports;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides about a request before anything of it is executed (SMART App Launch 2.2, scopes for
/// requesting FHIR resources): the type and the interaction by its letter, then the parameters,
/// then whether the addressed resource is in the patient's record.
///
/// What is not listed here is refused.
@Interceptor(order = Gates.SCOPES)
public final class SmartScopeInterceptor implements FhirInterceptor {
  private static final Set<String> LOOKS = Set.of("_format", "_pretty", "_summary", "_elements");
  private static final Set<String> EVERYTHING =
      Set.of("_count", "_offset", "_since", "_lastUpdated", "_type", "_format", "_pretty");

  private final PatientRecord record;
  private final RecordIndex index;
  private final EntryOwners owners;
  private final ResourceCheck resources;
  private final SearchCheck searches;
  private final PageCheck pages;
  private final ExportCheck exports;
  private final Refusals refusals;

  SmartScopeInterceptor(
      PatientRecord record,
      RecordIndex index,
      EntryOwners owners,
      ResourceCheck resources,
      SearchCheck searches,
      PageCheck pages,
      ExportCheck exports,
      Refusals refusals) {
    this.record = record;
    this.index = index;
    this.owners = owners;
    this.resources = resources;
    this.searches = searches;
    this.pages = pages;
    this.exports = exports;
    this.refusals = refusals;
  }

  /// Runs when the request line is understood and the body is not yet read.
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
  public void check(ServletRequestDetails request) {
    var operation = request.getRestOperationType();
    if (operation == RestOperationTypeEnum.METADATA) {
      return;
    }
    var token = AccessToken.of(request.getServletRequest()).orElseThrow(refusals::noToken);
    var type = request.getResourceName();
    var target = new Target(token, type == null ? "" : type, id(request));
    switch (operation) {
      case READ -> read(target);
      case VREAD -> readVersion(target);
      case HISTORY_INSTANCE -> reach(target, Interaction.READ);
      case SEARCH_TYPE ->
          request.setParameters(searches.narrow(token, target.type, request.getParameters()));
      case GET_PAGE -> pages.check(token, request.getParameters());
      case CREATE -> create(target, request);
      case UPDATE, PATCH -> change(target, Interaction.UPDATE, request);
      case DELETE -> change(target, Interaction.DELETE, request);
      case EXTENDED_OPERATION_INSTANCE -> onOne(target, request);
      case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE -> exports.check(token, request);
      case null, default -> throw refusals.notOffered("This interaction");
    }
  }

  /// The addressed resource.
  ///
  /// @param id null when the request line has none
  private record Target(AccessToken token, String type, @Nullable String id) {}

  private static @Nullable String id(ServletRequestDetails request) {
    return request.getId() == null ? null : request.getId().getIdPart();
  }

  private void read(Target target) {
    if (target.id == null) {
      throw refusals.notReachable();
    }
    if (target.token.isOwnUser(target.type, target.id)) {
      return;
    }
    if (target.token.isOfService() || record.kind(target.type) != Kind.ENTRY) {
      readVersion(target);
    } else {
      require(target, Interaction.READ);
      // RecordGuard, which has the entry at hand, sees whether a filter or a label keeps it back.
      if (owner(target, target.id, Interaction.READ).isEmpty()) {
        throw refusals.notReachable();
      }
    }
  }

  private void readVersion(Target target) {
    if (target.type.equals(Exports.FILES)) {
      exports.file(target.token);
    } else {
      reach(target, Interaction.READ);
    }
  }

  private void reach(Target target, Interaction interaction) {
    require(target, interaction);
    if (record.kind(target.type) != Kind.DIRECTORY && !isInReach(target, interaction)) {
      throw refusals.notReachable();
    }
  }

  private void require(Target target, Interaction interaction) {
    if (!target.token.allows(target.type, interaction)) {
      throw refusals.insufficientScope(target.token, Words.plain(target.type), interaction);
    }
  }

  private boolean isInReach(Target target, Interaction interaction) {
    if (target.id == null) {
      return false;
    }
    var token = target.token;
    var kind = record.kind(target.type);
    if (token.isOfService() && (kind == Kind.PATIENT || kind == Kind.ENTRY)) {
      return holds(target, target.id, Optional.empty(), interaction);
    }
    return switch (kind) {
      case PATIENT -> token.recordsWith(target.type, interaction).contains(target.id);
      case ENTRY ->
          owner(target, target.id, interaction)
              .filter(owner -> isInReach(target, target.id, owner, interaction))
              .isPresent();
      // RecordGuard, which has it at hand, sees whose it is.
      case TRAIL -> true;
      case OUTSIDE -> token.isOfService();
      case DIRECTORY -> false;
    };
  }

  /// The patient whose record an entry is in, if the interaction is allowed on some of its type
  /// there.
  private Optional<String> owner(Target target, String id, Interaction interaction) {
    return owners
        .of(target.type, id)
        .filter(target.token.recordsWith(target.type, interaction)::contains);
  }

  /// A filter, and a label that keeps an entry for the patient, need a look at the entry itself.
  private boolean isInReach(Target target, String id, String owner, Interaction interaction) {
    var isAll =
        target.token.permission(target.type, interaction, owner) instanceof Permission.Full
            && target.token.isOfPatient(owner);
    return isAll || holds(target, id, Optional.of(Set.of(owner)), interaction);
  }

  private boolean holds(
      Target target, String id, Optional<Set<String>> patients, Interaction interaction) {
    return index
        .find(target.type, id, patients)
        .filter(entry -> resources.allows(target.token, entry, interaction))
        .isPresent();
  }

  private void create(Target target, ServletRequestDetails request) {
    requireUser(target, "Writing");
    require(target, Interaction.CREATE);
    requireEntry(target);
    refuseConditions(request);
  }

  /// An update of a resource that is not there would create it, and so tell free ids from taken
  /// ones; it is answered like any resource out of reach.
  private void change(Target target, Interaction interaction, ServletRequestDetails request) {
    requireUser(target, "Writing");
    require(target, interaction);
    requireEntry(target);
    if (target.id == null) {
      throw refusals.notOffered("A conditional " + interaction.name().toLowerCase(Locale.ROOT));
    }
    refuseConditions(request);
    reach(target, interaction);
  }

  private void requireUser(Target target, String what) {
    if (target.token.isOfService()) {
      throw refusals.notOfferedToServices(what);
    }
  }

  /// The directory is everyone's: no patient's app changes it.
  private void requireEntry(Target target) {
    if (record.kind(target.type) == Kind.DIRECTORY) {
      throw refusals.notOffered("Changing " + target.type);
    }
  }

  /// Conditions are searches, and their outcome tells what other records hold.
  private void refuseConditions(ServletRequestDetails request) {
    if (request.getHeader("If-None-Exist") != null) {
      throw refusals.notOffered("A conditional create");
    }
    request.getParameters().keySet().stream()
        .filter(name -> !LOOKS.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw refusals.notOffered("The parameter " + Words.plain(name));
            });
  }

  private void onOne(Target target, ServletRequestDetails request) {
    if (target.type.equals(Exports.GROUP)) {
      exports.check(target.token, request);
    } else {
      everything(target, request);
    }
  }

  /// `Patient/[id]/$everything`, asked for the granted types only, so that neither totals nor page
  /// sizes count the others.
  private void everything(Target target, ServletRequestDetails request) {
    requireUser(target, "This operation");
    if (!"$everything".equals(request.getOperation())
        || request.getRequestType() != RequestTypeEnum.GET
        || !EVERYTHING.containsAll(request.getParameters().keySet())) {
      throw refusals.notOffered("This operation");
    }
    reach(target, Interaction.READ);
    var owner = Objects.requireNonNull(target.id);
    // What is restricted could be taken out of its pages only afterwards, and the gaps would show.
    if (!target.token.isOfPatient(owner)) {
      throw refusals.notOffered("$everything of another record than the user's own");
    }
    var granted = resources.typesIn(target.token, owner);
    var asked = AskedTypes.in(request.getParameters());
    var types =
        asked.isEmpty()
            ? granted
            : asked.stream().filter(granted::contains).collect(Collectors.toSet());
    if (types.isEmpty()) {
      throw refusals.insufficientScope(
          target.token, Words.plain(asked.getFirst()), Interaction.READ);
    }
    Map<String, String[]> narrowed = new HashMap<>(request.getParameters());
    narrowed.put(
        AskedTypes.PARAMETER,
        new String[] {types.stream().sorted().collect(Collectors.joining(","))});
    request.setParameters(narrowed);
  }
}
