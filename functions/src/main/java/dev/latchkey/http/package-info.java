/// Requests, responses, errors, cookies and pages.
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
