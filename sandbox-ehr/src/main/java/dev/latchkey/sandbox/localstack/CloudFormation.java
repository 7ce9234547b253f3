package dev.latchkey.sandbox.localstack;

import dev.latchkey.sandbox.StartRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// LocalStack's CloudFormation, as far as it takes to make a stack: two actions of the query API
/// (AWS CloudFormation API Reference, version 2010-05-15). LocalStack looks at no signature.
final class CloudFormation implements AutoCloseable {
  /// A stack as it is.
  ///
  /// @param status such as `CREATE_COMPLETE`
  record Stack(String status, Map<String, String> outputs) {}

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI endpoint;
  private final String region;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  CloudFormation(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
  }

  /// Starts making a stack; does nothing when there is one of that name.
  ///
  /// @throws StartRefused when LocalStack does not answer or does not take the template
  void create(String name, String template) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("Action", "CreateStack");
    parameters.put("StackName", name);
    parameters.put("TemplateBody", template);
    var answer = call(parameters);
    if (answer.statusCode() != 200 && !errorCode(answer).equals("AlreadyExistsException")) {
      throw refused("create", name, errorCode(answer));
    }
  }

  /// The stack of that name; empty when there is none.
  ///
  /// @throws StartRefused when LocalStack does not answer
  Optional<Stack> find(String name) {
    var answer = call(Map.of("Action", "DescribeStacks", "StackName", name));
    if (answer.statusCode() == 200) {
      return Optional.of(stack(xml(answer)));
    }
    // How CloudFormation says that there is none.
    if (errorCode(answer).equals("ValidationError")) {
      return Optional.empty();
    }
    throw refused("describe", name, errorCode(answer));
  }

  private HttpResponse<byte[]> call(Map<String, String> parameters) {
    var form =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&", "Version=2010-05-15&", ""));
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", credentials())
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new StartRefused(
          "LocalStack does not answer at %s. Start it with infra/localstack/up, or say where it is with --latchkey.aws-endpoint=<url>."
              .formatted(endpoint),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }

  /// LocalStack reads account and region from here.
  private String credentials() {
    return "AWS4-HMAC-SHA256 Credential=test/20260101/%s/cloudformation/aws4_request, SignedHeaders=host, Signature=0"
        .formatted(region);
  }

  private static Stack stack(Document document) {
    var outputs = new LinkedHashMap<String, String>();
    var keys = document.getElementsByTagName("OutputKey");
    for (int i = 0; i < keys.getLength(); i++) {
      if (keys.item(i).getParentNode() instanceof Element member) {
        outputs.put(keys.item(i).getTextContent(), text(member, "OutputValue"));
      }
    }
    return new Stack(text(document.getDocumentElement(), "StackStatus"), outputs);
  }

  private static String errorCode(HttpResponse<byte[]> answer) {
    return text(xml(answer).getDocumentElement(), "Code");
  }

  private static String text(Element parent, String name) {
    var found = parent.getElementsByTagName(name).item(0);
    return found == null ? "" : found.getTextContent();
  }

  private static Document xml(HttpResponse<byte[]> answer) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.body()));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new StartRefused(
          "What answers at %s is not LocalStack. Say where it is with --latchkey.aws-endpoint=<url>."
              .formatted(answer.uri()),
          e);
    }
  }

  private static StartRefused refused(String action, String name, String code) {
    return new StartRefused(
        "LocalStack does not %s the stack %s: %s.".formatted(action, name, code));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
