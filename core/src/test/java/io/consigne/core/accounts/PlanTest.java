package io.consigne.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of allowances. */
class PlanTest {
  @Test
  void table_isThis() {
    assertThat(Arrays.stream(Plan.values()).map(PlanTest::line).collect(Collectors.joining("\n")))
        .isEqualTo(
            """
            GUEST offer=0 storage=1000000000000 file=5000000000 files=500 api=false paying=false
            FREE offer=0 storage=1000000000000 file=50000000000 files=500 api=false paying=false
            ACCESS offer=2 storage=1000000000000 file=300000000000 files=500 api=true paying=true
            PREMIUM offer=1 storage=2000000000000 file=unlimited files=500 api=true paying=true
            GOLD offer=3 storage=unlimited file=unlimited files=500 api=true paying=true\
            """);
  }

  private static String line(Plan plan) {
    return "%s offer=%d storage=%s file=%s files=%d api=%s paying=%s"
        .formatted(
            plan,
            plan.offer(),
            bytes(plan.storageBytes()),
            bytes(plan.largestFileBytes()),
            plan.filesPerUpload(),
            plan.apiDownloads(),
            plan.paying());
  }

  private static String bytes(long limit) {
    return limit == Plan.UNLIMITED ? "unlimited" : Long.toString(limit);
  }
}
