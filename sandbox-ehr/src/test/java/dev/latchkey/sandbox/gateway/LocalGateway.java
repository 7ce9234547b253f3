package dev.latchkey.sandbox.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A gateway in front of functions of the test's own, on a real Tomcat. What it passes on is
/// answered by a servlet with `behind`.
final class LocalGateway implements AfterAllCallback {
  static final Instant NOW = Instant.parse("2026-03-12T19:03:58Z");

  private final Tomcat tomcat = new Tomcat();
  private final HttpClient client = HttpClient.newHttpClient();

  private LocalGateway() {}

  static LocalGateway start(String template, Map<String, RequestStreamHandler> functions) {
    var gateway = new LocalGateway();
    var routes = RouteTable.of(Template.parse(template));
    var filter = new Gateway(routes, new Functions(functions), () -> NOW, "sandbox.example.org");
    try {
      gateway.startTomcat(filter, Unrouted.mappings(routes));
    } catch (IOException | LifecycleException e) {
      throw new IllegalStateException(e);
    }
    return gateway;
  }

  private void startTomcat(Gateway filter, List<String> mappings)
      throws IOException, LifecycleException {
    Path folder = Files.createTempDirectory("gateway");
    folder.toFile().deleteOnExit();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.setSilent(true);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("relaxedQueryChars", "|");
    tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "32768");
    var context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "behind", new Behind());
    context.addServletMappingDecoded("/fhir/*", "behind");
    Tomcat.addServlet(context, "unrouted", new Unrouted());
    mappings.forEach(path -> context.addServletMappingDecoded(path, "unrouted"));
    var definition = new FilterDef();
    definition.setFilterName("gateway");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    var mapping = new FilterMap();
    mapping.setFilterName("gateway");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);
    tomcat.start();
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /// Sends bytes that no client library would and returns everything that comes back.
  String raw(String... lines) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      var sent = String.join("\r\n", lines) + "\r\nHost: sandbox\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    client.close();
  }

  private static final class Behind extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("behind");
    }
  }
}
