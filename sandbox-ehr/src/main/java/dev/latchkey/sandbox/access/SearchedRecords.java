package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;

/// Whose records a search is about, and what its token allows in them.
///
/// @param owners the patients that it will be narrowed to; of a search of the directory all whose
///   records the token reaches; none for a backend service, which is narrowed to nobody
record SearchedRecords(AccessToken token, PatientRecord record, Set<String> owners) {
  /// Where a search names patients, it is about those of them that the token reaches.
  static SearchedRecords of(
      AccessToken token, PatientRecord record, String type, Map<String, String[]> parameters) {
    if (record.kind(type) == Kind.DIRECTORY) {
      return new SearchedRecords(token, record, token.records());
    }
    var reached = token.recordsWith(type, Interaction.SEARCH);
    var named =
        new LinkedHashSet<>(named(record, type, parameters).map(IdType::getIdPart).toList());
    named.retainAll(reached);
    return new SearchedRecords(token, record, named.isEmpty() ? reached : named);
  }

  /// The patients that a search names, by whatever parameter reads the owner.
  static Stream<IdType> named(PatientRecord record, String type, Map<String, String[]> parameters) {
    return record.ownerParameters(type).stream()
        .flatMap(owner -> Stream.of(owner, owner + ":Patient"))
        .flatMap(name -> Stream.of(parameters.getOrDefault(name, new String[0])))
        .flatMap(SearchedRecords::either)
        .map(IdType::new)
        .filter(id -> !id.hasResourceType() || id.getResourceType().equals(PatientRecord.PATIENT));
  }

  /// The values of which one is enough. HAPI keeps their commas escaped.
  static Stream<String> either(String value) {
    return Arrays.stream(value.split("\\\\?,", -1)).map(String::strip);
  }

  /// These records as a condition of a search: any of their patients, by [PatientRecord]'s owner
  /// parameter.
  String anyOwner(String type) {
    var prefix = record.kind(type) == Kind.PATIENT ? "" : PatientRecord.PATIENT + "/";
    return owners.stream().map(prefix::concat).collect(joining(","));
  }

  /// What is allowed on entries of this type in each of these records; several where the scopes
  /// tell the patients apart.
  Set<Permission> permissions(String type, Interaction interaction) {
    return token.isOfService() || record.kind(type) == Kind.DIRECTORY
        ? Set.of(token.permission(type, interaction))
        : owners.stream().map(owner -> token.permission(type, interaction, owner)).collect(toSet());
  }

  /// Whether these are records of the user alone, so that nothing in them is kept back for its
  /// label.
  boolean areOfUser() {
    return !owners.isEmpty() && owners.stream().allMatch(token::isOfPatient);
  }

  /// Whether the user's own record is among them.
  boolean hasUser() {
    return owners.stream().anyMatch(token::isOfPatient);
  }

  /// Whether it is allowed on all resources of this type in all of these records.
  boolean allowsAll(String type, Interaction interaction) {
    var permissions = permissions(type, interaction);
    return !permissions.isEmpty()
        && permissions.stream().allMatch(Permission.Full.class::isInstance);
  }
}
