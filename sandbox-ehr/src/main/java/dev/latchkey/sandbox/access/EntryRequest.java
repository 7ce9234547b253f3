package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.jspecify.annotations.Nullable;

/// One entry of a batch, as the request that it would be if it came alone. Who asks, and with which
/// token, is that of the batch.
final class EntryRequest extends HttpServletRequestWrapper {
  private static final String SERVLET_PATH = "/fhir";
  private static final Set<HTTPVerb> VERBS =
      Set.of(
          HTTPVerb.GET,
          HTTPVerb.HEAD,
          HTTPVerb.POST,
          HTTPVerb.PUT,
          HTTPVerb.PATCH,
          HTTPVerb.DELETE);

  private final HTTPVerb verb;
  private final String path;
  private final @Nullable String query;
  private final byte[] body;
  private final Map<String, String> headers;

  private EntryRequest(
      HttpServletRequest batch,
      HTTPVerb verb,
      String url,
      byte[] body,
      Map<String, String> headers) {
    super(batch);
    var parts = url.split("\\?", 2);
    this.verb = verb;
    this.path = SERVLET_PATH + "/" + parts[0];
    this.query = parts.length > 1 ? parts[1] : null;
    this.body = body;
    this.headers = headers;
  }

  /// Reads an entry.
  ///
  /// @throws ca.uhn.fhir.rest.server.exceptions.InvalidRequestException when it is no request
  static EntryRequest of(
      BundleEntryComponent entry,
      ServletRequestDetails batch,
      FhirContext fhir,
      Refusals refusals) {
    var asked = entry.getRequest();
    if (asked.getMethod() == null || !VERBS.contains(asked.getMethod())) {
      throw refusals.malformed("The entry has no usable request.method");
    }
    var url = relative(asked.getUrl(), batch.getFhirServerBase());
    if (url.isEmpty() || url.startsWith("?") || url.contains("://") || url.startsWith(".")) {
      throw refusals.malformed("The entry's request.url must be relative and name a resource type");
    }
    var headers = headers(asked);
    var body = new byte[0];
    if (entry.getResource() instanceof Binary binary && asked.getMethod() == HTTPVerb.PATCH) {
      body = binary.getContent();
      headers.put("Content-Type", binary.getContentType());
    } else if (entry.hasResource()) {
      body =
          fhir.newJsonParser()
              .encodeResourceToString(entry.getResource())
              .getBytes(StandardCharsets.UTF_8);
      headers.put("Content-Type", "application/fhir+json;charset=UTF-8");
    }
    return new EntryRequest(batch.getServletRequest(), asked.getMethod(), url, body, headers);
  }

  private static String relative(@Nullable String url, String base) {
    if (url == null) {
      return "";
    }
    var relative = url.startsWith(base + "/") ? url.substring(base.length()) : url;
    return relative.startsWith("/") ? relative.substring(1) : relative;
  }

  private static Map<String, String> headers(BundleEntryRequestComponent asked) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "application/fhir+json");
    put(headers, "If-Match", asked.getIfMatch());
    put(headers, "If-None-Match", asked.getIfNoneMatch());
    put(headers, "If-None-Exist", asked.getIfNoneExist());
    return headers;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  @Override
  public String getMethod() {
    return verb.toCode();
  }

  @Override
  public String getRequestURI() {
    return path;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(getScheme() + "://" + getServerName() + ":" + getServerPort() + path);
  }

  @Override
  public String getServletPath() {
    return SERVLET_PATH;
  }

  @Override
  public String getPathInfo() {
    return path.substring(SERVLET_PATH.length());
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return UrlUtil.parseQueryString(query);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public @Nullable String getParameter(String name) {
    var values = getParameterValues(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  /// The batch's own headers describe its body and conditions, not those of the entry; of them only
  /// `Prefer` speaks for each entry.
  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase("Prefer") ? super.getHeader(name) : headers.get(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    var value = getHeader(name);
    return value == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(headers.keySet());
  }

  @Override
  public @Nullable String getContentType() {
    return headers.get("Content-Type");
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public String getCharacterEncoding() {
    return StandardCharsets.UTF_8.name();
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Body(new ByteArrayInputStream(body));
  }

  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    private Body(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("A batch entry is read at once");
    }
  }
}
