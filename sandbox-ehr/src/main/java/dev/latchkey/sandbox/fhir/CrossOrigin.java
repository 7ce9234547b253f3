package dev.latchkey.sandbox.fhir;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/// Lets apps in a browser call the FHIR API from any origin.
///
/// Access hangs on the bearer token, never on cookies, so no origin gains anything by being named.
/// Comes before every other filter: a preflight request carries no token.
@Configuration(proxyBeanMethods = false)
class CrossOrigin {

  @Bean
  FilterRegistrationBean<CorsFilter> fhirCors() {
    var rules = rules();
    var registration =
        new FilterRegistrationBean<>(new CorsFilter(request -> isFhir(request) ? rules : null));
    registration.addUrlPatterns("/fhir/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /// The functions answer below `.well-known` and set these headers themselves.
  private static boolean isFhir(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/fhir/.well-known/");
  }

  private static CorsConfiguration rules() {
    var rules = new CorsConfiguration();
    rules.setAllowedOrigins(List.of(CorsConfiguration.ALL));
    rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    rules.setAllowedHeaders(List.of(CorsConfiguration.ALL));
    rules.setExposedHeaders(
        List.of("Content-Location", "ETag", "Last-Modified", "Location", "WWW-Authenticate"));
    rules.setMaxAge(3600L);
    return rules;
  }
}
