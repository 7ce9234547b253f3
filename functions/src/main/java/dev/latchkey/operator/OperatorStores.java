package dev.latchkey.operator;

import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.signing.KeptWindowKeys;

/// What an operator changes.
public record OperatorStores(
    Families families,
    Cutoffs cutoffs,
    ClientRegistry clients,
    InitialAccessTokens initialAccessTokens,
    KeptWindowKeys windowKeys) {}
