package dev.latchkey.endpoint;

import dev.latchkey.http.Pages;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.interaction.Interactions;
import dev.latchkey.wiring.Wiring;

/// `GET` and `POST /interaction/{step}`: sign-in, patient choice, consent, and the stylesheet of
/// all pages.
public final class InteractionFunction extends HttpFunction {
  private final Interactions interactions;

  /// As Lambda makes it: from the environment.
  public InteractionFunction() {
    this(Wiring.onAws());
  }

  public InteractionFunction(Wiring wiring) {
    super(wiring);
    interactions = wiring.interactions();
  }

  @Override
  protected Response answer(Request request) {
    return interactions.answer(request, request.pathParameters().getOrDefault("step", ""));
  }

  @Override
  protected Response unavailable() {
    return Pages.unavailable();
  }
}
