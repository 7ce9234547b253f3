/// A local stand-in for API Gateway's HTTP API: serves the routes of `template.yaml` in process.
@NullMarked
package dev.latchkey.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
