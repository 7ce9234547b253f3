package dev.latchkey.sandbox.fhir;

/// The names of Bulk Data Export (FHIR Bulk Data Access 2.0), as HAPI has them.
public final class Exports {
  /// The operation that starts a job.
  public static final String START = "$export";

  /// The operation that says how far a job is, or deletes it.
  public static final String STATUS = "$export-poll-status";

  /// The type of the files, which can only be read.
  public static final String FILES = "Binary";

  /// The type that says which patients are exported together.
  public static final String GROUP = "Group";

  private Exports() {}
}
