package dev.latchkey.authorize;

import dev.latchkey.account.Assurance;

/// Who signed in for a pending authorization.
///
/// @param username key into the user directory
/// @param subject the stable `sub` of this user in tokens; neither a patient id nor the user name
/// @param authenticatedAt when they said who they are, in seconds since the epoch (`auth_time`)
/// @param sessionEndsAt when the browser session ends at the latest, in seconds since the epoch
/// @param assurance how surely it is known who they are
public record SignedInUser(
    String username,
    String subject,
    long authenticatedAt,
    long sessionEndsAt,
    Assurance assurance) {}
