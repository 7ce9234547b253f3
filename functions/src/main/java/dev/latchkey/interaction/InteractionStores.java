package dev.latchkey.interaction;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.SignInThrottle;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.client.ClientRegistry;

/// What sign-in, the choices and consent keep and look up.
public record InteractionStores(
    Transactions transactions,
    BrowserSessions sessions,
    UserDirectory users,
    SignInThrottle throttle,
    ClientRegistry clients,
    ConsentSettings consent) {}
