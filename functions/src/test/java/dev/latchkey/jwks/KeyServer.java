package dev.latchkey.jwks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A web server of an app, on 127.0.0.1 over TLS, that answers each request as a test says.
final class KeyServer implements AutoCloseable {
  /// Writes an answer, byte by byte if it likes.
  interface Script {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Script script;
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();

  private KeyServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  static KeyServer start(TestCertificate certificate, Script script) throws IOException {
    var factory = certificate.owner().getServerSocketFactory();
    return new KeyServer(
        factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  /// Answers with a body of this type and these header lines beside.
  static Script ok(String type, String body, String... headers) {
    return plain("200 OK", type, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static Script plain(String status, String type, byte[] body, String... headers) {
    return out -> {
      var head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
      head.append("Content-Type: ").append(type).append("\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
      for (var header : headers) {
        head.append(header).append("\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
    };
  }

  int port() {
    return socket.getLocalPort();
  }

  /// The lines of each request until its body.
  List<List<String>> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var visitor = socket.accept();
        Thread.ofVirtual().start(() -> answer(visitor));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket visitor) {
    try (visitor) {
      var in =
          new BufferedReader(
              new InputStreamReader(visitor.getInputStream(), StandardCharsets.US_ASCII));
      var lines = in.lines().takeWhile(line -> !line.isEmpty()).toList();
      requests.add(lines);
      script.answer(visitor.getOutputStream());
    } catch (IOException | RuntimeException gone) {
      // The client has hung up, as some tests want it to.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
