package dev.latchkey.account;

import dev.latchkey.secret.SecretHash;

/// A signed-in browser.
///
/// @param handle hash of the session cookie
/// @param authenticatedAt seconds since the epoch
/// @param idleExpiresAt seconds since the epoch
/// @param endsAt absolute end, seconds since the epoch
/// @param assurance how surely it is known who signed in
public record Session(
    SecretHash handle,
    String username,
    long authenticatedAt,
    long idleExpiresAt,
    long endsAt,
    Assurance assurance) {}
