package dev.latchkey.endpoint;

import dev.latchkey.http.Cors;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.registration.RegistrationEndpoint;
import dev.latchkey.wiring.Wiring;

/// `POST /register` (RFC 7591), and `GET`, `PUT` and `DELETE /register/{client}` (RFC 7592).
public final class RegisterFunction extends HttpFunction {
  private final RegistrationEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public RegisterFunction() {
    this(Wiring.onAws());
  }

  public RegisterFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.registrationEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answer(request);
  }

  @Override
  protected Response preflight() {
    return Cors.preflight("GET, POST, PUT, DELETE, OPTIONS");
  }
}
