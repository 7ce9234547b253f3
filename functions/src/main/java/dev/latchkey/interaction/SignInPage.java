package dev.latchkey.interaction;

/// What `signIn.jte` shows.
///
/// @param appName of the app that sent the patient here
/// @param username to offer in the field
/// @param problem what was wrong with the attempt before; empty for none
public record SignInPage(
    String txn, String csrf, String appName, String username, String problem) {}
