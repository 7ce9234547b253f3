package dev.latchkey.sandbox.ehr;

/// What a user of the EHR can do about a launch task.
sealed interface LaunchOffer {
  LaunchTask task();

  /// Opens the app.
  ///
  /// @param wanted the app, and what it is told of an EHR launch
  record Open(LaunchTask task, Wanted wanted) implements LaunchOffer {}

  /// Nothing, and why not, in a sentence.
  ///
  /// @param isShown whether the user may read what the task says
  record Closed(LaunchTask task, String why, boolean isShown) implements LaunchOffer {}
}
