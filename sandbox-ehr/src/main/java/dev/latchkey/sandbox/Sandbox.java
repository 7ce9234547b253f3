package dev.latchkey.sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;

/// Starts the sandbox EHR.
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(ServletWebServerFactoryAutoConfiguration.class)
public class Sandbox {

  /// Runs the sandbox until it is stopped.
  ///
  /// @param args Spring Boot command line arguments, such as `--server.port=8081`
  public static void main(String[] args) {
    SpringApplication.run(Sandbox.class, args);
  }
}
