package dev.latchkey.sandbox.access;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.sandbox.fhir.Exports;
import dev.latchkey.scope.Interaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides who may export which types, and who may see how far a job is and what it wrote (FHIR
/// Bulk Data Access 2.0, security considerations).
final class ExportCheck {
  static final String JOB = "_jobId";

  /// `_typeFilter` is a search in all but name, and would need the checks of one.
  private static final Set<String> PARAMETERS =
      Set.of(AskedTypes.PARAMETER, "_since", "_until", "_outputFormat");

  private final PatientRecord record;
  private final RecordIndex index;
  private final ExportOwners owners;
  private final Refusals refusals;

  ExportCheck(PatientRecord record, RecordIndex index, ExportOwners owners, Refusals refusals) {
    this.record = record;
    this.index = index;
    this.owners = owners;
    this.refusals = refusals;
  }

  void check(AccessToken token, ServletRequestDetails request) {
    if (!token.isOfService()) {
      throw refusals.notOffered("This operation");
    }
    switch (request.getOperation()) {
      case Exports.START -> start(token, request);
      case Exports.STATUS -> status(token, request);
      case null, default -> throw refusals.notOfferedToServices("This operation");
    }
  }

  /// A body could carry parameters past this check.
  private void start(AccessToken token, ServletRequestDetails request) {
    if (request.getRequestType() != RequestTypeEnum.GET) {
      throw refusals.notOfferedToServices("Starting an export by " + request.getRequestType());
    }
    request.getParameters().keySet().stream()
        .filter(name -> !PARAMETERS.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw refusals.notOfferedToServices("The parameter " + Words.plain(name));
            });
    if (Exports.GROUP.equals(request.getResourceName())) {
      requireGroup(token, request);
    }
    Map<String, String[]> narrowed = new HashMap<>(request.getParameters());
    narrowed.put(AskedTypes.PARAMETER, new String[] {String.join(",", types(token, request))});
    request.setParameters(narrowed);
  }

  /// Who is in a group is for those to know who may read it.
  private void requireGroup(AccessToken token, ServletRequestDetails request) {
    require(token, Exports.GROUP, Interaction.READ);
    var id = request.getId() == null ? "" : request.getId().getIdPart();
    if (index.find(Exports.GROUP, id, Optional.empty()).isEmpty()) {
      throw refusals.notReachable();
    }
  }

  /// Every type that was asked for, each of which must be granted; or else all that are granted.
  private List<String> types(AccessToken token, ServletRequestDetails request) {
    var asked = AskedTypes.in(request.getParameters());
    for (var type : asked) {
      if (record.kind(type) == Kind.TRAIL) {
        throw refusals.notOfferedToServices("Exporting " + type);
      }
      require(token, type, Interaction.READ);
      require(token, type, Interaction.SEARCH);
    }
    if (!asked.isEmpty()) {
      return asked;
    }
    var ofPatients = request.getResourceName() != null;
    var granted =
        token.typesWith(Interaction.READ).stream()
            .filter(type -> token.allowsAll(type, Interaction.READ))
            .filter(type -> token.allowsAll(type, Interaction.SEARCH))
            .filter(type -> record.kind(type) != Kind.TRAIL)
            .filter(type -> !ofPatients || isOfRecords(type))
            .sorted()
            .toList();
    if (granted.isEmpty()) {
      throw refusals.insufficientScope(token, PatientRecord.PATIENT, Interaction.READ);
    }
    return granted;
  }

  private boolean isOfRecords(String type) {
    return record.kind(type) == Kind.PATIENT || record.kind(type) == Kind.ENTRY;
  }

  /// A file is written without looking at each resource, so a part of a type is not enough.
  private void require(AccessToken token, String type, Interaction interaction) {
    if (!token.allowsAll(type, interaction)) {
      throw refusals.insufficientScope(token, Words.plain(type), interaction);
    }
  }

  private void status(AccessToken token, ServletRequestDetails request) {
    var job = request.getParameters().getOrDefault(JOB, new String[0]);
    if (request.getRequestType() != RequestTypeEnum.GET
        && request.getRequestType() != RequestTypeEnum.DELETE) {
      throw refusals.notOfferedToServices("This operation");
    }
    if (job.length != 1 || !owners.ownsJob(token.client(), job[0])) {
      throw refusals.notReachable();
    }
  }

  /// A file of an export is for a service; [RecordGuard], which has it at hand, sees for which.
  void file(AccessToken token) {
    if (!token.isOfService()) {
      throw refusals.notReachable();
    }
  }
}
