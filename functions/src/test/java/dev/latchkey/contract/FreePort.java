package dev.latchkey.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// A port of the loopback interface for a server that starts later.
///
/// It lies below the ports that systems give to outgoing connections (from 32768 on with Linux,
/// from 49152 on by RFC 6335), so no connection takes it before the server does.
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  /// The servers of two tests start at the same time, some seconds after their ports were found.
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  public static int find() {
    int port = random();
    while (!isFree(port) || !GIVEN.add(port)) {
      port = random();
    }
    return port;
  }

  private static int random() {
    return ThreadLocalRandom.current().nextInt(FIRST, END);
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
