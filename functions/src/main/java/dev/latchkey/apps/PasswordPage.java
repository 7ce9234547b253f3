package dev.latchkey.apps;

/// What `password.jte` shows.
///
/// @param username for password managers
/// @param problem what was wrong with the attempt before; empty for none
public record PasswordPage(PageLanguage language, String csrf, String username, String problem) {}
