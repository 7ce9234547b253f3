package dev.latchkey.aws;

import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// DynamoDB and KMS as far as a rehearsal needs them: in memory, without a network, a right or a
/// key. Conditions always hold, signatures are zeros and so is every data key, so nothing that it
/// answers is worth anything elsewhere.
final class PretendedServices implements SdkHttpClient {
  private static final Pattern ASSIGNMENT = Pattern.compile("(#\\w+) = (:\\w+)");
  private static final String ZEROS = base64(new byte[256]);
  private static final String ZERO_KEY = base64(new byte[32]);

  private final Map<String, Map<String, Object>> items = new HashMap<>();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answered(request);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private HttpExecuteResponse answered(HttpExecuteRequest request) throws IOException {
    var target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    var body = request.contentStreamProvider().orElseThrow().newStream();
    var answer = Json.write(answer(target.replaceFirst(".*\\.", ""), Json.readObject(body)));
    var bytes = answer.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(SdkHttpResponse.builder().statusCode(200).build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
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
