package dev.latchkey.family;

/// Both halves of a grant: which refresh token is live, and what was granted.
public record Holding(Family family, FamilyGrant grant) {}
