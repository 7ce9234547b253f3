package dev.latchkey.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Listens where nobody should ever call, and counts who does.
public final class Canary implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicInteger visits = new AtomicInteger();

  private Canary(ServerSocket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::count);
  }

  /// On 127.0.0.1, at a free port.
  public static Canary onLoopback() {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public static Canary at(InetSocketAddress address) {
    try {
      var socket = new ServerSocket();
      socket.bind(address);
      return new Canary(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /// How many connections were made until now. One that was made before the call is counted.
  public int visits() {
    try (var last = new Socket(socket.getInetAddress(), port())) {
      // Connections are accepted in their order: once this one was, all others were.
      last.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return visits.getAndUpdate(count -> count - 1) - 1;
  }

  private void count() {
    while (!socket.isClosed()) {
      try (var visitor = socket.accept()) {
        visits.incrementAndGet();
        visitor
            .getOutputStream()
            .write("HTTP/1.1 404 None\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        // The next round sees whether the canary is gone or only the visitor.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
