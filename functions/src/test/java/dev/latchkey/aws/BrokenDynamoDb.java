package dev.latchkey.aws;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Tables that do less than they are asked for: what the searched code would be, had somebody
/// written the condition a little differently.
public final class BrokenDynamoDb {
  private BrokenDynamoDb() {}

  /// Takes no notice of what the write of a refresh says about these attributes.
  public static InMemoryDynamoDb refreshWithout(String... attributes) {
    return without(BrokenDynamoDb::isRefresh, attributes);
  }

  /// Takes no notice of what the note of a retry says about these attributes.
  public static InMemoryDynamoDb noteWithout(String... attributes) {
    return without(request -> request.updateExpression().contains("#gg ="), attributes);
  }

  private static InMemoryDynamoDb without(
      Predicate<UpdateItemRequest> where, String... attributes) {
    var ignored = List.of(attributes);
    return new InMemoryDynamoDb() {
      @Override
      public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        return super.updateItem(where.test(request) ? weaker(request) : request);
      }

      private UpdateItemRequest weaker(UpdateItemRequest request) {
        var kept =
            Arrays.stream(request.conditionExpression().split(" AND "))
                .filter(part -> ignored.stream().noneMatch(name -> isAbout(part, name)))
                .collect(Collectors.joining(" AND "));
        return request.toBuilder().conditionExpression(kept).build();
      }
    };
  }

  /// A comparison with an attribute, or that it has to be missing.
  private static boolean isAbout(String condition, String attribute) {
    return condition.startsWith("#" + attribute + " ")
        || condition.equals("attribute_not_exists(#" + attribute + ")");
  }

  /// Refuses without saying what it found, so that it has to be asked.
  public static InMemoryDynamoDb withoutFound() {
    return refusing(ConditionalCheckFailedException.builder().message("refused"));
  }

  /// Says of every refusal that it found nothing.
  public static InMemoryDynamoDb findingNothing() {
    return refusing(ConditionalCheckFailedException.builder().message("refused").item(Map.of()));
  }

  private static InMemoryDynamoDb refusing(ConditionalCheckFailedException.Builder refusal) {
    return new InMemoryDynamoDb() {
      @Override
      public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        try {
          return super.updateItem(request);
        } catch (ConditionalCheckFailedException _) {
          throw refusal.build();
        }
      }
    };
  }

  /// Forgets which request made a refresh.
  public static InMemoryDynamoDb forgettingRequests() {
    return new InMemoryDynamoDb() {
      @Override
      public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        var changes = request.updateExpression().replaceFirst(", #rid = :v\\d+", "");
        return super.updateItem(request.toBuilder().updateExpression(changes).build());
      }
    };
  }

  /// Gives a token that was used before a successor of its own, which takes the place of the first.
  public static InMemoryDynamoDb branching() {
    return new InMemoryDynamoDb() {
      @Override
      public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        try {
          return super.updateItem(request);
        } catch (ConditionalCheckFailedException e) {
          if (isRefresh(request)
              && bound(request, "hp").equals(Optional.ofNullable(e.item().get("hp")))) {
            return super.updateItem(unconditional(request));
          }
          throw e;
        }
      }
    };
  }

  /// Reads, compares, and only then writes.
  public static final class ReadThenWrite extends InMemoryDynamoDb {
    private Snapshot read = snapshot();

    /// The next refresh goes by what was read then.
    public synchronized void hasRead(Snapshot then) {
      read = then;
    }

    @Override
    public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
      if (!isRefresh(request)) {
        return super.updateItem(request);
      }
      var present = snapshot();
      restore(read);
      try {
        super.updateItem(request);
      } finally {
        restore(present);
      }
      return super.updateItem(unconditional(request));
    }
  }

  private static boolean isRefresh(UpdateItemRequest request) {
    return request.updateExpression().contains("#hp =");
  }

  private static UpdateItemRequest unconditional(UpdateItemRequest request) {
    return request.toBuilder().conditionExpression(null).build();
  }

  /// The value that an update sets an attribute to.
  private static Optional<AttributeValue> bound(UpdateItemRequest request, String attribute) {
    return Pattern.compile("#" + attribute + " = (:v\\d+)")
        .matcher(request.updateExpression())
        .results()
        .findFirst()
        .map(found -> request.expressionAttributeValues().get(found.group(1)));
  }
}
