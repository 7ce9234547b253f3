package dev.latchkey.sandbox.portal;

import dev.latchkey.http.Response;
import dev.latchkey.sandbox.ServletAnswer;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.contents.Person;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// The sandbox's own pages, and the two lists that scripts read.
public final class Portal extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient HomePage home;
  private final transient Demo demo;
  private final transient OperatorDoor operator;
  private final transient List<Person> people;
  private final transient Supplier<List<DemoApp>> apps;

  /// @param apps with the keys that are public on purpose
  Portal(
      HomePage home,
      Demo demo,
      OperatorDoor operator,
      List<Person> people,
      Supplier<List<DemoApp>> apps) {
    this.home = home;
    this.demo = demo;
    this.operator = operator;
    this.people = people;
    this.apps = apps;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletAnswer.send(
        switch (path(request)) {
          case "/" -> PortalPages.page(200, "home.jte", home);
          case PortalPages.STYLE_PATH -> PortalPages.stylesheet();
          case "/sandbox/people" -> PortalPages.json(people);
          case "/sandbox/apps" -> PortalPages.json(apps.get());
          case "/demo" -> demo.start();
          case "/demo/launch" -> demo.launch(request);
          case "/demo/callback" -> demo.callback(request);
          case "/demo/result" -> demo.result(request);
          case "/demo/signed-out" -> Demo.signedOut();
          default -> notFound();
        },
        response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletAnswer.send(
        switch (path(request)) {
          case "/demo/refresh" -> demo.refresh(request);
          case "/demo/revoke" -> demo.revoke(request);
          case "/demo/sign-out" -> demo.signOut(request);
          case OperatorDoor.PATH -> operator.answer(request).orElseGet(Portal::notFound);
          default -> notFound();
        },
        response);
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI();
  }

  private static Response notFound() {
    return PortalPages.problem(
        404, "There is no such page", "Go back to the start page and try a link from there.");
  }
}
