package dev.latchkey.wiring;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.Sessions;
import dev.latchkey.account.SignInThrottle;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.authorize.Codes;
import dev.latchkey.authorize.PushedRequests;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.InteractionStores;
import dev.latchkey.launch.Launches;
import dev.latchkey.limit.RequestCounts;
import dev.latchkey.operator.OperatorStores;
import dev.latchkey.portal.page.SignInHandles;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.registration.RegistrationStores;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.WrappedKeys;
import dev.latchkey.signing.KeptWindowKeys;
import dev.latchkey.signing.SigningSchedules;

/// Every store port, as one kind of store implements them.
public record Stores(
    ClientRegistry clients,
    UserDirectory users,
    SignInThrottle throttle,
    Sessions sessions,
    Transactions transactions,
    PushedRequests pushedRequests,
    Launches launches,
    Codes codes,
    Families families,
    Cutoffs cutoffs,
    WrappedTokenKeys tokenKeys,
    UsedIdentifiers usedIdentifiers,
    InitialAccessTokens initialAccessTokens,
    RequestCounts requestCounts,
    WrappedKeys wrappedKeys,
    SigningSchedules signingSchedules,
    KeptWindowKeys windowKeys,
    SignInHandles signInHandles) {

  /// What operators' commands work on.
  OperatorStores forOperators() {
    return new OperatorStores(families, cutoffs, clients, initialAccessTokens, windowKeys);
  }

  /// What the pages between an app's request and the decision work on.
  InteractionStores forInteraction(BrowserSessions signedIn, ConsentSettings consent) {
    return new InteractionStores(transactions, signedIn, users, throttle, clients, consent);
  }

  /// What registration works on.
  RegistrationStores forRegistration() {
    return new RegistrationStores(
        clients, initialAccessTokens, requestCounts, usedIdentifiers, cutoffs);
  }
}
