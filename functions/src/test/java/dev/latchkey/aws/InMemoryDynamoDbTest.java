package dev.latchkey.aws;

import dev.latchkey.contract.CutoffsContract;
import dev.latchkey.contract.FamiliesContract;
import dev.latchkey.contract.FamilyRotationContract;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import org.junit.jupiter.api.Nested;

/// What the interleavings are searched over behaves as DynamoDB does, for all that they use: the
/// same contracts hold over DynamoDB Local and LocalStack.
class InMemoryDynamoDbTest {
  private final DynamoTable table = new DynamoTable(new InMemoryDynamoDb(), "families");

  @Nested
  class AsFamilies extends FamiliesContract {
    @Override
    protected Families families() {
      return new DynamoFamilies(table);
    }
  }

  @Nested
  class AsRotatingFamilies extends FamilyRotationContract {
    @Override
    protected Families families() {
      return new DynamoFamilies(table);
    }
  }

  @Nested
  class AsCutoffs extends CutoffsContract {
    @Override
    protected Cutoffs cutoffs() {
      return new DynamoCutoffs(table);
    }
  }
}
