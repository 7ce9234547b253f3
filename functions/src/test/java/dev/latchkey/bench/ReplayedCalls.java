package dev.latchkey.bench;

import dev.latchkey.http.Json;
import dev.latchkey.lambda.AwsOverHttp.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// The answers of a recording: to a call for the same item or key the same answer, and to one for
/// an item whose name was drawn by lot the answer that such a call had.
final class ReplayedCalls {
  private final Map<List<Object>, Exchange> exact = new HashMap<>();
  private final Map<String, Exchange> alike = new HashMap<>();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  ReplayedCalls(List<Exchange> exchanges) {
    for (var one : exchanges) {
      var request = Json.readObject(one.request());
      exact.put(subject(kind(one.target(), request), request), one);
      alike.put(kind(one.target(), request), one);
    }
  }

  /// Answers a call and counts it.
  ///
  /// @throws IllegalStateException when nothing like it was recorded
  Exchange answer(String target, String body) {
    var request = Json.readObject(body);
    var kind = kind(target, request);
    var same = exact.get(subject(kind, request));
    var answer = same == null ? alike.get(kind) : same;
    if (answer == null) {
      throw new IllegalStateException("Nothing was recorded for " + kind);
    }
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    return answer;
  }

  /// Each kind of call as often as it was made, such as `GetItem registry`, sorted.
  List<String> counted() {
    var all = new ArrayList<String>();
    counts.forEach((kind, count) -> all.add(kind + "=" + count.sum()));
    return all.stream().sorted().toList();
  }

  private static String kind(String target, Map<String, Object> request) {
    var operation = target.substring(target.indexOf('.') + 1);
    var table =
        request.get("RequestItems") instanceof Map<?, ?> tables
            ? tables.keySet().iterator().next()
            : request.get("TableName");
    return table == null ? operation : operation + " " + table.toString().replace("table-of-", "");
  }

  /// What a call is about. The order of members differs from one process to the next.
  private static List<Object> subject(String kind, Map<String, Object> request) {
    var values =
        request.containsKey("KeyConditionExpression") ? "ExpressionAttributeValues" : "Key";
    return Stream.of(values, "RequestItems", "KeyId")
        .<Object>map(name -> request.getOrDefault(name, kind))
        .toList();
  }
}
