package dev.latchkey.registration;

import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.limit.RequestCounts;
import dev.latchkey.replay.UsedIdentifiers;

/// What registration keeps and looks up.
public record RegistrationStores(
    ClientRegistry clients,
    InitialAccessTokens tokens,
    RequestCounts counts,
    UsedIdentifiers usedIdentifiers,
    Cutoffs cutoffs) {}
