package dev.latchkey.portal;

import dev.latchkey.http.Language;

/// What `portal.jte` shows.
///
/// @param link text of the link
/// @param address where it leads
public record PortalPage(
    Language language, String title, String text, String link, String address) {}
