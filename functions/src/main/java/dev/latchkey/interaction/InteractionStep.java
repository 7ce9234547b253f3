package dev.latchkey.interaction;

import dev.latchkey.http.Response;

/// One page and its form.
interface InteractionStep {
  /// The page, or a redirect to the one whose turn it is.
  Response show(Visit visit);

  /// What the form does; ends in a 303, or in a page that says what is wrong.
  Response submit(Visit visit);
}
