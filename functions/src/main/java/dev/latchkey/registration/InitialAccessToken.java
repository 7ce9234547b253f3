package dev.latchkey.registration;

import dev.latchkey.secret.SecretHash;

/// The right to register apps, given to a developer (RFC 7591 section 3). The token itself is shown
/// once; this is what is kept of it.
///
/// @param hash of the token; also its public name, by which an operator takes it back
/// @param label whom it was given to, for operators
/// @param allowance what may be registered with it
/// @param expiresAt seconds since the epoch
/// @param usesLeft how many apps may still be registered with it
public record InitialAccessToken(
    SecretHash hash, String label, Allowance allowance, long expiresAt, int usesLeft) {}
