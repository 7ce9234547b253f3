package dev.latchkey.interaction;

import dev.latchkey.http.Language;

/// What `signIn.jte` shows.
///
/// @param appName of the app that sent the patient here
/// @param username to offer in the field
/// @param sandbox whether this server runs without https, which none with real people does
/// @param problem what was wrong with the attempt before; empty for none
public record SignInPage(
    Language language,
    String txn,
    String csrf,
    String appName,
    String username,
    boolean sandbox,
    String problem) {}
