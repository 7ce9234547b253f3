package dev.latchkey.conformance.deployment;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.deployment.ClientHello.FirstRecord;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/// How requests travel (RFC 9325; SMART App Launch 2.2, "TLS"; US g(10) asks for TLS 1.2).
final class Transport {
  /// AWS renews a certificate 45 days before its end and more: what has less left was not renewed.
  private static final Duration LEFT_OF_CERTIFICATE = Duration.ofDays(14);

  private static final int HTTPS = 443;
  private static final int PATIENCE_MS = 20_000;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Transport() {}

  static Group group(Deployment deployment) {
    return new Group(
        "Transport",
        "SMART App Launch and g(10), TLS",
        List.of(
            new Check("DEP-1", "every address that it names is https", Transport::namesHttps),
            new Check("DEP-1", "plain http answers nothing but a redirect", Transport::plainHttp),
            new Check("DIS-15", "it speaks TLS 1.2, and nothing older", Transport::versions),
            new Check(
                "DEP-2",
                "its certificate is believed, and good for two more weeks",
                server -> certificate(server, deployment)),
            new Check("DEP-3", "browsers are told to keep to https", Transport::keptToHttps)));
  }

  /// Nothing leaves a machine that talks to itself (RFC 8252 section 8.3 for the same reason).
  private static URI remote(Server server) throws NotApplicable {
    var base = server.fhirBase();
    if (base.getScheme().equals("http") && LOOPBACK.contains(base.getHost())) {
      throw new NotApplicable("the server is on this machine, without TLS");
    }
    return base;
  }

  private static void namesHttps(Server server) throws Unmet, NotApplicable {
    unless(isHttps(remote(server)), "The FHIR base is " + server.fhirBase());
    for (var member : server.smartConfiguration().entrySet()) {
      var name = member.getKey();
      if (name.equals("issuer") || name.endsWith("_endpoint") || name.endsWith("_uri")) {
        unless(
            isHttps(URI.create(String.valueOf(member.getValue()))),
            "%s is %s".formatted(name, member.getValue()));
      }
    }
  }

  private static boolean isHttps(URI address) {
    return "https".equals(address.getScheme()) && address.getHost() != null;
  }

  private static void plainHttp(Server server) throws Unmet, NotApplicable {
    var base = remote(server);
    unless(isHttps(base), "The FHIR base is " + base);
    if (port(base) != HTTPS) {
      throw new NotApplicable("the server has a port of its own, and http has none");
    }
    var address =
        URI.create("http://%s/.well-known/openid-configuration".formatted(base.getHost()));
    var answer = server.http().getIfThere(address);
    unless(
        answer.isEmpty() || answer.get().status() >= 400 || leadsToHttps(answer.get()),
        address + " is answered");
  }

  private static boolean leadsToHttps(Answer answer) {
    return answer.header("location").filter(to -> to.startsWith("https://")).isPresent();
  }

  private static void versions(Server server) throws Unmet, NotApplicable {
    var base = direct(server);
    for (var version : List.of(ClientHello.TLS_1_0, ClientHello.TLS_1_1)) {
      unless(!speaks(base, version), "It speaks TLS 1." + (version - ClientHello.TLS_1_0));
    }
    unless(speaks(base, ClientHello.TLS_1_2), "It does not speak TLS 1.2");
  }

  private static boolean speaks(URI base, int version) throws Unmet {
    try {
      var first = ClientHello.send(base.getHost(), port(base), version);
      return first.type() == FirstRecord.HANDSHAKE;
    } catch (IOException e) {
      throw new Unmet("%s does not answer: %s".formatted(base.getHost(), e));
    }
  }

  private static void certificate(Server server, Deployment deployment)
      throws Unmet, NotApplicable {
    var base = direct(server);
    try (var socket = (SSLSocket) deployment.tls().createSocket()) {
      socket.connect(new InetSocketAddress(base.getHost(), port(base)), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      var end = ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getNotAfter();
      unless(
          end.toInstant().isAfter(deployment.time().instant().plus(LEFT_OF_CERTIFICATE)),
          "It ends at " + end.toInstant());
    } catch (IOException e) {
      throw new Unmet("No connection was made: " + e);
    }
  }

  private static URI direct(Server server) throws Unmet, NotApplicable {
    var base = remote(server);
    unless(isHttps(base), "The FHIR base is " + base);
    if (ProxySelector.getDefault().select(base).stream()
        .anyMatch(one -> one.type() != Proxy.Type.DIRECT)) {
      throw new NotApplicable("a proxy stands between, and may speak otherwise");
    }
    return base;
  }

  private static int port(URI address) {
    return address.getPort() < 0 ? HTTPS : address.getPort();
  }

  private static void keptToHttps(Server server) throws Unmet, NotApplicable {
    var base = remote(server);
    if (LOOPBACK.contains(base.getHost())) {
      throw new NotApplicable("browsers would keep every server of this machine to https");
    }
    if (base.getHost().endsWith(".amazonaws.com")) {
      throw new NotApplicable("an address of AWS's own; infra/edge.yaml sends the header");
    }
    var answer = server.http().get(server.fhir("/.well-known/smart-configuration"));
    unless(
        answer
            .header("strict-transport-security")
            .filter(it -> it.contains("max-age="))
            .isPresent(),
        "Strict-Transport-Security is missing");
  }
}
