package dev.latchkey.sandbox.ehr;

import dev.latchkey.http.Cors;
import dev.latchkey.sandbox.ServletAnswer;
import dev.latchkey.sandbox.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Everything at and below `/ehr`.
final class Ehr extends HttpServlet {
  static final String PATH = "/ehr";
  static final String SIGN_IN = PATH + "/sign-in";
  static final String SIGN_OUT = PATH + "/sign-out";
  static final String OPEN = PATH + "/open";
  static final String OPEN_TASK = PATH + "/open-task";
  static final String END_TASK = PATH + "/end-task";
  static final String ASK = PATH + "/ask";

  private static final long serialVersionUID = 1L;

  private final transient Door door;
  private final transient Desk desk;

  Ehr(Door door, Desk desk) {
    this.door = door;
    this.desk = desk;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var path = request.getRequestURI();
    ServletAnswer.send(
        path.equals(AppStyle.PATH)
            ? AppStyle.answer()
            : path.equals(PATH) ? desk.show(ServletRequest.read(request)) : EhrPages.noSuchPage(),
        response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var read = ServletRequest.read(request);
    ServletAnswer.send(
        switch (read.path()) {
          case SIGN_IN -> door.signIn(read);
          case SIGN_OUT -> door.signOut(read);
          case OPEN -> desk.open(read);
          case OPEN_TASK -> desk.openTask(read);
          case END_TASK -> desk.endTask(read);
          case ASK -> desk.ask(read);
          default -> EhrPages.noSuchPage();
        },
        response);
  }

  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletAnswer.send(
        request.getRequestURI().equals(AppStyle.PATH)
            ? Cors.preflight("GET, HEAD")
            : EhrPages.noSuchPage(),
        response);
  }
}
