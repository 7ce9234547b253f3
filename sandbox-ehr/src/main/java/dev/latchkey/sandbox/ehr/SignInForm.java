package dev.latchkey.sandbox.ehr;

/// What `ehrSignIn.jte` shows.
///
/// @param problem empty for none
public record SignInForm(String csrf, String username, String problem) {}
