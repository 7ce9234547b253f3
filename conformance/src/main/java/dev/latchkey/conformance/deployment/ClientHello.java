package dev.latchkey.conformance.deployment;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The first message of a TLS handshake, written by hand: Java's own TLS would refuse to offer the
/// old versions, and nothing would be learned of the server.
public final class ClientHello {
  public static final int TLS_1_0 = 0x0301;
  public static final int TLS_1_1 = 0x0302;
  public static final int TLS_1_2 = 0x0303;

  private static final int PATIENCE_MS = 20_000;

  /// What the server sent first: type of the record, and of an alert its description. Both are -1
  /// when it hung up.
  public record FirstRecord(int type, int description) {
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;

    /// `protocol_version` (RFC 5246 section 7.2).
    public static final int PROTOCOL_VERSION = 70;
  }

  private ClientHello() {}

  /// Offers nothing newer than `version`, and suites that most certificates serve.
  ///
  /// @throws IOException when nobody answers there
  public static FirstRecord send(String host, int port, int version) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(hello(host, version));
      socket.getOutputStream().flush();
      var in = socket.getInputStream();
      var header = in.readNBytes(5);
      if (header.length < 5) {
        return new FirstRecord(-1, -1);
      }
      var body = in.readNBytes(2);
      return new FirstRecord(header[0], header[0] == FirstRecord.ALERT ? body[1] : -1);
    }
  }

  private static byte[] hello(String host, int version) throws IOException {
    var body = new ByteArrayOutputStream();
    var out = new DataOutputStream(body);
    out.writeShort(version);
    out.write(new byte[32]); // random
    out.writeByte(0); // no session
    // AES in GCM and in CBC with SHA: ECDHE-ECDSA, ECDHE-RSA, RSA.
    int[] suites = {0xC02B, 0xC02C, 0xC00A, 0xC009, 0xC02F, 0xC030, 0xC014, 0xC013, 0x35, 0x2F};
    out.writeShort(2 * suites.length);
    for (var suite : suites) {
      out.writeShort(suite);
    }
    out.writeShort(0x0100); // one compression method: none
    var extensions = extensions(host);
    out.writeShort(extensions.length);
    out.write(extensions);
    return framed(22, 0x0301, framed(1, body.toByteArray()));
  }

  private static byte[] extensions(String host) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    // server_name: CloudFront serves no name that is not asked for
    var name = host.getBytes(StandardCharsets.US_ASCII);
    out.writeShort(0);
    out.writeShort(name.length + 5);
    out.writeShort(name.length + 3);
    out.writeByte(0);
    out.writeShort(name.length);
    out.write(name);
    // supported_groups: secp256r1, secp384r1
    out.write(new byte[] {0, 10, 0, 6, 0, 4, 0, 23, 0, 24});
    // ec_point_formats: uncompressed
    out.write(new byte[] {0, 11, 0, 2, 1, 0});
    // signature_algorithms: SHA-256 and SHA-1, with ECDSA and with RSA
    out.write(new byte[] {0, 13, 0, 10, 0, 8, 4, 3, 2, 3, 4, 1, 2, 1});
    return bytes.toByteArray();
  }

  /// A handshake message: type and three bytes of length.
  private static byte[] framed(int type, byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt((type << 24) | body.length);
    out.write(body);
    return bytes.toByteArray();
  }

  /// A record: type, version and two bytes of length.
  private static byte[] framed(int type, int version, byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(type);
    out.writeShort(version);
    out.writeShort(body.length);
    out.write(body);
    return bytes.toByteArray();
  }
}
