package dev.latchkey.aws;

import dev.latchkey.http.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/// DynamoDB and KMS as far as a rehearsal needs them: in memory, behind an HTTP server that listens
/// on the loopback interface alone, without a right or a key. Conditions always hold, signatures
/// are zeros and so is every data key, so nothing that it answers is worth anything elsewhere.
public final class PretendedServices implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Pattern ASSIGNMENT = Pattern.compile("(#\\w+) = (:\\w+)");
  private static final String ZEROS = base64(new byte[256]);
  private static final String ZERO_KEY = base64(new byte[32]);

  private final Map<String, Map<String, Object>> items = new ConcurrentHashMap<>();
  private final HttpServer server =
      ServerBootstrap.bootstrap()
          .setLocalAddress(InetAddress.getLoopbackAddress())
          .setListenerPort(0)
          .setCanonicalHostName(HOST)
          .register("*", this::handle)
          .create();

  /// Not those that answer: a copy of a snapshot must not find one of these, which would be dead.
  private final SdkHttpClient connections = HttpConnections.open();

  private PretendedServices() {}

  /// Starts to listen.
  ///
  /// @throws IOException when this process cannot
  public static PretendedServices start() throws IOException {
    var services = new PretendedServices();
    services.server.start();
    return services;
  }

  /// Clients of these services.
  public AwsClients clients() {
    return AwsClients.at(URI.create("http://" + HOST + ":" + server.getLocalPort()), connections);
  }

  @Override
  public void close() {
    connections.close();
    server.close(CloseMode.IMMEDIATE);
  }

  private void handle(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
      throws IOException {
    var target = request.getFirstHeader("X-Amz-Target").getValue();
    var asked = Json.readObject(request.getEntity().getContent());
    var answer = Json.write(answer(target.replaceFirst(".*\\.", ""), asked));
    var bytes = answer.getBytes(StandardCharsets.UTF_8);
    var sum = new CRC32();
    sum.update(bytes);
    response.setHeader("X-Amz-Crc32", sum.getValue());
    response.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
  }

  private Map<String, Object> answer(String operation, Map<String, Object> request) {
    return switch (operation) {
      case "GetItem" -> named("Item", items.get(place(request, map(request.get("Key")))));
      case "PutItem" -> put(request);
      case "UpdateItem" -> Map.of("Attributes", update(request));
      case "Query" -> Map.of("Items", partition(request));
      case "BatchGetItem" -> Map.of("Responses", Map.of(), "UnprocessedKeys", Map.of());
      case "Sign" -> Map.of("KeyId", keyId(request), "Signature", ZEROS);
      case "GetPublicKey" -> Map.of("KeyId", keyId(request), "PublicKey", publicKey());
      case "Decrypt" -> Map.of("KeyId", keyId(request), "Plaintext", ZERO_KEY);
      case "GenerateDataKey" ->
          Map.of("KeyId", keyId(request), "Plaintext", ZERO_KEY, "CiphertextBlob", ZERO_KEY);
      default -> Map.of();
    };
  }

  private Map<String, Object> put(Map<String, Object> request) {
    var item = map(request.get("Item"));
    items.put(place(request, item), item);
    return Map.of();
  }

  private Map<String, Object> update(Map<String, Object> request) {
    var key = map(request.get("Key"));
    var item = new HashMap<>(items.getOrDefault(place(request, key), key));
    var names = map(request.get("ExpressionAttributeNames"));
    var values = map(request.get("ExpressionAttributeValues"));
    var assignments = ASSIGNMENT.matcher((String) value(request, "UpdateExpression"));
    while (assignments.find()) {
      item.put((String) value(names, assignments.group(1)), value(values, assignments.group(2)));
    }
    items.put(place(request, key), item);
    return item;
  }

  private List<Map<String, Object>> partition(Map<String, Object> request) {
    var wanted = map(request.get("ExpressionAttributeValues")).get(":pk");
    return items.values().stream().filter(item -> value(item, "pk").equals(wanted)).toList();
  }

  private static String place(Map<String, Object> request, Map<String, Object> key) {
    return value(request, "TableName") + " " + key.get("pk") + " " + key.get("sk");
  }

  private static Map<String, Object> named(String name, @Nullable Object value) {
    return value == null ? Map.of() : Map.of(name, value);
  }

  private static String keyId(Map<String, Object> request) {
    return (String) value(request, "KeyId");
  }

  private static Object value(Map<String, Object> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
  }

  /// A number of the right length that is nobody's key.
  private static String publicKey() {
    var modulus = BigInteger.TWO.pow(2048).subtract(BigInteger.ONE);
    try {
      var spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537));
      return base64(KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
