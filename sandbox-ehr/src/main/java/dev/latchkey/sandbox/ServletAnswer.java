package dev.latchkey.sandbox;

import dev.latchkey.http.Response;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Writes an answer to a servlet.
public final class ServletAnswer {
  private ServletAnswer() {}

  public static void send(Response answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    answer.cookies().forEach(cookie -> response.addHeader("set-cookie", cookie));
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
