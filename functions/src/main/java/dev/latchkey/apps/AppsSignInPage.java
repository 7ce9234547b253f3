package dev.latchkey.apps;

/// What `appsSignIn.jte` shows.
///
/// @param username to offer in the field
/// @param sandbox whether this server runs without https, which none with real people does
/// @param problem what was wrong with the attempt before; empty for none
public record AppsSignInPage(
    PageLanguage language, String csrf, String username, boolean sandbox, String problem) {}
