package dev.latchkey.sandbox.gateway;

import dev.latchkey.sandbox.gateway.RouteTable.Match;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the routes of the template and passes everything else on.
///
/// A filter and not a servlet, so that `/fhir/.well-known/smart-configuration` wins over the FHIR
/// servlet at `/fhir/*` whatever order they are registered in. Refusals and faults look like those
/// of API Gateway's HTTP API.
public final class Gateway extends HttpFilter {
  /// Most bytes of request line and headers (AWS quota of HTTP APIs).
  static final int LARGEST_HEADERS = 10_240;

  /// Most bytes of a body. No request to these routes needs more; API Gateway itself would allow 10
  /// MB.
  static final int LARGEST_BODY = 16_384;

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /// Longest integration timeout of HTTP APIs (AWS quota).
  private static final int SECONDS = 30;

  private final transient RouteTable routes;
  private final transient Functions functions;
  private final transient InstantSource clock;
  private final String domain;
  private final transient ExecutorService invocations =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("function-", 0).factory());

  Gateway(RouteTable routes, Functions functions, InstantSource clock, String domain) {
    this.routes = routes;
    this.functions = functions;
    this.clock = clock;
    this.domain = domain;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var call = HttpCall.of(request);
    switch (routes.find(call.method(), call.path())) {
      case Match.Foreign _ -> chain.doFilter(request, response);
      // API Gateway does not answer HEAD with a GET route either.
      case Match.WrongMethod _ -> refuse(Refusal.notFound(), call, response);
      case Match.Found found -> serve(call, found, request, response);
    }
  }

  private void serve(
      HttpCall call, Match.Found found, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (call.size() > LARGEST_HEADERS) {
      refuse(
          Refusal.tooLarge(431, "request line and headers are", LARGEST_HEADERS), call, response);
      return;
    }
    var body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      refuse(Refusal.tooLarge(413, "body is", LARGEST_BODY), call, response);
      return;
    }
    invoke(call, body, found, response);
  }

  private void invoke(HttpCall call, byte[] body, Match.Found found, HttpServletResponse response)
      throws IOException {
    var requestId = UUID.randomUUID().toString();
    response.setHeader("apigw-requestid", requestId);
    var event = new RequestEvent(domain, requestId, clock.instant()).of(call, body, found);
    var function = found.route().function();
    // Never interrupted, not even when too late: H2 closes its file under an interrupted thread.
    var running =
        invocations.submit(() -> ResponseEvent.read(functions.invoke(function, requestId, event)));
    try {
      running.get(SECONDS, TimeUnit.SECONDS).send(response);
    } catch (ExecutionException e) {
      LOG.error("{} failed in request {}: {}", function, requestId, new Fault(e.getCause()));
      refuse(Refusal.internalServerError(), call, response);
    } catch (TimeoutException e) {
      LOG.error("{} took longer than {} s in request {}", function, SECONDS, requestId);
      refuse(Refusal.serviceUnavailable(), call, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(Refusal.serviceUnavailable(), call, response);
    }
  }

  private void refuse(Refusal refusal, HttpCall call, HttpServletResponse response)
      throws IOException {
    refusal.send(response, routes.isOpenToPages(call.path()));
  }

  @Override
  public void destroy() {
    invocations.shutdown();
  }
}
