package dev.latchkey.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/// The KMS of the tests behind KMS's own protocol (AWS JSON 1.1), for the four calls that the
/// functions make.
public final class KmsOverHttp implements AutoCloseable {
  private final KmsClient kms = new InProcessKms();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private KmsOverHttp(HttpServer server) {
    this.server = server;
  }

  /// Starts on a free port of the loopback interface.
  public static KmsOverHttp start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var kms = new KmsOverHttp(server);
    server.setExecutor(kms.threads);
    server.createContext("/", kms::handle);
    server.start();
    return kms;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = Json.readObject(exchange.getRequestBody());
      var target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      var answer = Json.write(answer(target, request)).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Map<String, Object> answer(String target, Map<String, Object> request) {
    return switch (target) {
      case "TrentService.Sign" -> sign(request);
      case "TrentService.GetPublicKey" -> publicKey(request);
      case "TrentService.GenerateDataKey" -> dataKey(request);
      case "TrentService.Decrypt" -> decrypt(request);
      default -> throw new IllegalArgumentException("No such call: " + target);
    };
  }

  private Map<String, Object> sign(Map<String, Object> request) {
    var answer =
        kms.sign(
            sign ->
                sign.keyId(text(request, "KeyId"))
                    .message(bytes(request, "Message"))
                    .messageType(text(request, "MessageType"))
                    .signingAlgorithm(text(request, "SigningAlgorithm")));
    return members(
        "KeyId", answer.keyId(),
        "Signature", base64(answer.signature()),
        "SigningAlgorithm", answer.signingAlgorithmAsString());
  }

  private Map<String, Object> publicKey(Map<String, Object> request) {
    var answer = kms.getPublicKey(get -> get.keyId(text(request, "KeyId")));
    return members("KeyId", answer.keyId(), "PublicKey", base64(answer.publicKey()));
  }

  private Map<String, Object> dataKey(Map<String, Object> request) {
    var length = Integer.parseInt(text(request, "NumberOfBytes"));
    var answer =
        kms.generateDataKey(
            generate ->
                generate
                    .keyId(text(request, "KeyId"))
                    .numberOfBytes(length)
                    .encryptionContext(context(request)));
    return members(
        "KeyId", answer.keyId(),
        "Plaintext", base64(answer.plaintext()),
        "CiphertextBlob", base64(answer.ciphertextBlob()));
  }

  private Map<String, Object> decrypt(Map<String, Object> request) {
    var answer =
        kms.decrypt(
            decrypt ->
                decrypt
                    .keyId(text(request, "KeyId"))
                    .ciphertextBlob(bytes(request, "CiphertextBlob"))
                    .encryptionContext(context(request)));
    return members("KeyId", answer.keyId(), "Plaintext", base64(answer.plaintext()));
  }

  private static Map<String, Object> members(String... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }

  private static String text(Map<String, Object> request, String name) {
    return String.valueOf(request.get(name));
  }

  private static SdkBytes bytes(Map<String, Object> request, String name) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(text(request, name)));
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }

  private static Map<String, String> context(Map<String, Object> request) {
    var context = new LinkedHashMap<String, String>();
    if (request.get("EncryptionContext") instanceof Map<?, ?> sent) {
      sent.forEach((name, value) -> context.put(String.valueOf(name), String.valueOf(value)));
    }
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
