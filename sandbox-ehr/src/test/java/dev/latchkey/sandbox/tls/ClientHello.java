package dev.latchkey.sandbox.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// The first message of a TLS handshake, written by hand: Java's own TLS would refuse to offer the
/// old versions, and the test would learn nothing about the server.
final class ClientHello {
  static final int TLS_1_0 = 0x0301;
  static final int TLS_1_1 = 0x0302;
  static final int TLS_1_2 = 0x0303;

  /// What the server sent first: type of the record, and of an alert its description.
  record FirstRecord(int type, int description) {
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    /// `protocol_version` (RFC 5246 section 7.2).
    static final int PROTOCOL_VERSION = 70;
  }

  private ClientHello() {}

  /// Offers nothing newer than `version`, and suites that an EC certificate serves.
  static FirstRecord send(int port, int version) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(hello(version));
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

  private static byte[] hello(int version) throws IOException {
    var body = new ByteArrayOutputStream();
    var out = new DataOutputStream(body);
    out.writeShort(version);
    out.write(new byte[32]); // random
    out.writeByte(0); // no session
    // ECDHE-ECDSA with AES: GCM with SHA-256, CBC with SHA, 256 and 128 bits.
    int[] suites = {0xC02B, 0xC02C, 0xC00A, 0xC009};
    out.writeShort(2 * suites.length);
    for (var suite : suites) {
      out.writeShort(suite);
    }
    out.writeShort(0x0100); // one compression method: none
    var extensions = extensions();
    out.writeShort(extensions.length);
    out.write(extensions);
    return framed(22, 0x0301, framed(1, body.toByteArray()));
  }

  private static byte[] extensions() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    // supported_groups: secp256r1
    out.write(new byte[] {0, 10, 0, 4, 0, 2, 0, 23});
    // ec_point_formats: uncompressed
    out.write(new byte[] {0, 11, 0, 2, 1, 0});
    // signature_algorithms: ecdsa_secp256r1_sha256, ecdsa_sha1
    out.write(new byte[] {0, 13, 0, 6, 0, 4, 4, 3, 2, 3});
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
