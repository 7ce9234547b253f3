package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.MeteredDynamoDb;
import dev.latchkey.contract.MeteredDynamoDb.Cost;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Grants;
import dev.latchkey.endpoint.TokenFunction;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage;
import dev.latchkey.family.FamilyPage.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A full table is as cheap as an empty one: neither a refresh nor a user's list costs more calls,
/// capacity or bytes.
class ManyFamiliesTest {
  private static final int FEW = 100;
  private static final int MANY = Boolean.getBoolean("latchkey.soak") ? 100_000 : 20_000;

  private static final int GRANTS_OF_ONE_USER = 200;
  private static final int PAGE = 20;
  private static final String USER = "subject-of-many";

  /// Numbers and cursors are a digit longer or shorter from one run to the next.
  private static final int A_FEW = 8;

  private static DynamoDbClient dynamoDb;
  private static MeteredDynamoDb meter;
  private static LocalWiring local;
  private static FamilyLoader loader;

  private record Page(FamilyPage page, Cost cost) {}

  @BeforeAll
  static void start() {
    var unmetered = LocalWiring.start();
    dynamoDb = unmetered.aws().dynamoDb();
    meter = new MeteredDynamoDb(dynamoDb);
    local = LocalWiring.over(unmetered.settings(), new AwsClients(meter, new InProcessKms()));
    local.seed(TestClients.nativeApp());
    loader = new FamilyLoader(dynamoDb, local.settings().tables().families());
    loader.load(GRANTS_OF_ONE_USER, _ -> USER);
  }

  @AfterAll
  static void empty() {
    dynamoDb.deleteTable(delete -> delete.tableName(local.settings().tables().families()));
  }

  @Test
  void aFullTableCostsNoMoreThanAnEmptyOne() {
    loader.load(FEW - 1, i -> "few-" + i);
    var refreshOfFew = refresh();
    var listOfFew = pages().stream().map(Page::cost).toList();

    loader.load(MANY - FEW, i -> "many-" + i);
    var refreshOfMany = refresh();
    var listOfMany = pages().stream().map(Page::cost).toList();

    assertThat(refreshOfFew.calls())
        .isEqualTo(Map.of("GetItem", 1L, "Query", 1L, "BatchGetItem", 1L, "UpdateItem", 1L));
    assertSameCost(refreshOfFew, refreshOfMany);
    for (int i = 0; i < listOfFew.size(); i++) {
      assertSameCost(listOfFew.get(i), listOfMany.get(i));
    }
    System.out.printf("refresh, %d families: %s%n", MANY, refreshOfMany);
    System.out.printf("page of %d, %d families: %s%n", PAGE, MANY, listOfMany.getFirst());
  }

  @Test
  void aUserWithTwoHundredGrantsIsListedInOneQueryAPage() {
    var pages = pages();
    var full = pages.subList(0, GRANTS_OF_ONE_USER / PAGE);

    assertThat(full)
        .allSatisfy(
            page -> {
              assertThat(page.page().holdings()).hasSize(PAGE);
              assertThat(page.cost().calls()).isEqualTo(Map.of("Query", 1L, "BatchGetItem", 1L));
            });
    assertThat(full.stream().flatMap(page -> ids(page.page()).stream()).distinct())
        .hasSize(GRANTS_OF_ONE_USER);
    // DynamoDB may need another look to see that a full page was the last one.
    assertThat(pages.subList(full.size(), pages.size()))
        .hasSizeLessThanOrEqualTo(1)
        .allSatisfy(page -> assertThat(page.cost().calls()).isEqualTo(Map.of("Query", 1L)));
  }

  /// The second refresh of a new family: by then the token key is unwrapped.
  private static Cost refresh() {
    var grants = new Grants(local);
    var function = new TokenFunction(local.wiring());
    var first = grants.connect(function).text("refresh_token");
    var second = grants.refresh(first).to(function).text("refresh_token");
    return meter.of(() -> assertThat(grants.refresh(second).to(function).status()).isEqualTo(200));
  }

  private static List<Page> pages() {
    var families = local.wiring().stores().families();
    var pages = new ArrayList<Page>();
    var after = Optional.<Cursor>empty();
    do {
      var found = new ArrayList<FamilyPage>();
      var from = after;
      var cost = meter.of(() -> found.add(families.ofSubject(USER, Optional.empty(), from, PAGE)));
      pages.add(new Page(found.getFirst(), cost));
      after = found.getFirst().next();
    } while (after.isPresent() && pages.size() <= GRANTS_OF_ONE_USER / PAGE);
    return pages;
  }

  private static List<FamilyId> ids(FamilyPage page) {
    return page.holdings().stream().map(holding -> holding.family().id()).toList();
  }

  private static void assertSameCost(Cost few, Cost many) {
    assertThat(many.calls()).isEqualTo(few.calls());
    assertThat(many.units()).isEqualTo(few.units());
    assertThat(many.sent()).isCloseTo(few.sent(), within(A_FEW));
    assertThat(many.received()).isCloseTo(few.received(), within(A_FEW));
  }
}
