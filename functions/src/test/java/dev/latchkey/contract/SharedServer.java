package dev.latchkey.contract;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server that the tests of one class share, in a static field with `@RegisterExtension`: it
/// forgets before each test what the one before made of it, and stops after the last.
public interface SharedServer extends BeforeEachCallback, AfterAllCallback, AutoCloseable {
  void forget();

  @Override
  void close();

  @Override
  default void beforeEach(ExtensionContext context) {
    forget();
  }

  @Override
  default void afterAll(ExtensionContext context) {
    close();
  }

  /// One of this machine, not yet started.
  static HttpServer listening() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
