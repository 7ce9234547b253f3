package dev.latchkey.family;

import dev.latchkey.family.Interleavings.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Goes through all interleavings, the shortest first, so that the first trace that breaks an
/// invariant is also a shortest one.
final class Search {
  private final Setup setup;
  private final int depth;
  private final Interleavings interleavings;
  private final HashSet<String> seen = new HashSet<>();
  private final Set<String> notes = new TreeSet<>();
  private long transitions;

  private Search(Setup setup, int depth) {
    this.setup = setup;
    this.depth = depth;
    interleavings = new Interleavings(setup);
  }

  /// What a search came to.
  ///
  /// @param states that differ
  /// @param transitions tried
  /// @param notes everything that actions came to
  /// @param trace one line per action and then the violation; empty when nothing was found
  record Result(
      int states,
      long transitions,
      int depth,
      Duration took,
      Set<String> notes,
      List<String> trace) {
    @Override
    public String toString() {
      return "%,d states, %,d transitions, depth %d, %.1f s%s"
          .formatted(
              states,
              transitions,
              depth,
              took.toMillis() / 1000.0,
              trace.isEmpty() ? "" : "\n  " + String.join("\n  ", trace));
    }
  }

  /// How a state was reached.
  private record Path(@Nullable Path before, @Nullable Action last) {
    List<Action> actions() {
      var actions = new ArrayList<Action>();
      for (var path = this; path.before() != null && path.last() != null; path = path.before()) {
        actions.add(path.last());
      }
      return actions.reversed();
    }
  }

  private record Reached(State state, Path path) {}

  /// @param depth most actions of a trace
  static Result of(Setup setup, int depth) {
    return new Search(setup, depth).run();
  }

  private Result run() {
    var start = System.nanoTime();
    var first = interleavings.first();
    var horizon = (depth + 1) * (setup.promised().idle().toSeconds() + 1);
    seen.add(first.key(horizon));
    var layer = List.of(new Reached(first, new Path(null, null)));
    var trace = Optional.<List<String>>empty();
    for (int level = 1; level <= depth && trace.isEmpty(); level++) {
      var next = new ArrayList<Reached>();
      trace = expand(layer, next, horizon, level == depth);
      layer = next;
    }
    var took = Duration.ofNanos(System.nanoTime() - start);
    var reached = trace.map(lines -> lines.size() - 1).orElse(depth);
    return new Result(seen.size(), transitions, reached, took, notes, trace.orElse(List.of()));
  }

  private Optional<List<String>> expand(
      List<Reached> layer, List<Reached> next, long horizon, boolean isLast) {
    for (var reached : layer) {
      for (var action : interleavings.actions(reached.state())) {
        transitions++;
        var step = interleavings.apply(reached.state(), action);
        notes.add(step.note());
        if (step.violation().isPresent()) {
          return Optional.of(told(new Path(reached.path(), action).actions()));
        }
        if (seen.add(step.next().key(horizon)) && !isLast) {
          next.add(new Reached(step.next(), new Path(reached.path(), action)));
        }
      }
    }
    return Optional.empty();
  }

  /// Does it all again, for a reader.
  private List<String> told(List<Action> actions) {
    var again = new Interleavings(setup);
    var lines = new ArrayList<String>();
    var state = again.first();
    for (var action : actions) {
      Step step = again.apply(state, action);
      lines.add(action + (step.note().isEmpty() ? "" : ": " + step.note()));
      step.violation().ifPresent(violation -> lines.add("VIOLATION: " + violation));
      state = step.next();
    }
    return lines;
  }
}
