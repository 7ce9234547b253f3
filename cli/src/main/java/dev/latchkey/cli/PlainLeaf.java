package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// A command whose options are the members of what it sends.
///
/// @param command as it is sent
record PlainLeaf(String name, String command, String description, List<Member> members)
    implements Leaf {

  static Leaf of(String name, String command, String description, Member... members) {
    return new PlainLeaf(name, command, description, List.of(members));
  }

  @Override
  public void addTo(CommandSpec spec) {
    members.forEach(member -> member.addTo(spec));
  }

  @Override
  public Map<String, Object> request(ParseResult typed) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("command", command);
    members.forEach(member -> member.putInto(request, typed));
    return request;
  }
}
