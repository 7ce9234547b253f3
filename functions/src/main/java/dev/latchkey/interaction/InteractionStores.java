package dev.latchkey.interaction;

import dev.latchkey.account.Sessions;
import dev.latchkey.account.SignInThrottle;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.client.ClientRegistry;

/// The ports that sign-in, patient choice and consent need.
public record InteractionStores(
    Transactions transactions,
    Sessions sessions,
    UserDirectory users,
    SignInThrottle throttle,
    ClientRegistry clients) {}
