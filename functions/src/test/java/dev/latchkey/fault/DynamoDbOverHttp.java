package dev.latchkey.fault;

import dev.latchkey.contract.FreePort;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/// DynamoDB Local behind DynamoDB's own protocol, in memory.
public final class DynamoDbOverHttp implements AutoCloseable {
  private final DynamoDBProxyServer server;
  private final int port;

  private DynamoDbOverHttp(DynamoDBProxyServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Starts on a free port of the loopback interface. It would listen on every interface and has no
  /// option for that, so the address is set on its Jetty before it starts.
  public static DynamoDbOverHttp start() throws Exception {
    var port = FreePort.find();
    var server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-sharedDb", "-port", Integer.toString(port)});
    var field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    if (!(field.get(server) instanceof Server jetty)) {
      throw new IllegalStateException("DynamoDB Local does not run on Jetty any more");
    }
    for (var connector : jetty.getConnectors()) {
      ((ServerConnector) connector).setHost("127.0.0.1");
    }
    server.start();
    return new DynamoDbOverHttp(server, port);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }
}
