package io.consigne.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of limits. */
class LimitTableTest {
  @Test
  void calls_areThese() {
    assertThat(Arrays.stream(Plan.values()).map(LimitTableTest::calls).distinct())
        .containsExactly(
            "key 30/PT10S all 60/PT10S info 5/PT25M files 2/PT2H" + " up 60/PT20S down 60/PT20S");
    assertThat(quota(LimitTable.DEFAULT.address())).isEqualTo("120/PT10S");
    assertThat(quota(LimitTable.DEFAULT.open())).isEqualTo("30/PT10S");
    assertThat(quota(LimitTable.DEFAULT.nowhere())).isEqualTo("30/PT10S");
    assertThat(quota(LimitTable.DEFAULT.strangers())).isEqualTo("20/PT20S");
  }

  @Test
  void callsAtOnce_areThese() {
    assertThat(CallsAtOnce.Most.KNOWN)
        .isEqualTo(new CallsAtOnce.Most(32, 96, Duration.ofSeconds(10)));
    assertThat(CallsAtOnce.Most.OPEN)
        .isEqualTo(new CallsAtOnce.Most(32, 64, Duration.ofSeconds(10)));
    Duration patience = Duration.ofSeconds(10);
    assertThat(CallsAtOnce.Most.BODIES)
        .isEqualTo(
            new CallsAtOnce.Most(
                16, 64, patience, patience, "Only %d large requests are read at a time"));
  }

  private static String calls(Plan plan) {
    PlanLimits limits = LimitTable.DEFAULT.of(plan);
    return "key %s all %s info %s files %s up %s down %s"
        .formatted(
            quota(limits.key()),
            quota(limits.account()),
            quota(limits.userInfo()),
            quota(limits.allFiles()),
            quota(limits.uploads()),
            quota(limits.downloads()));
  }

  private static String quota(CallRate quota) {
    return quota.calls() + "/" + quota.window();
  }

  @Test
  void transfers_areThese() {
    assertThat(
            Arrays.stream(Plan.values())
                .map(plan ->
                    plan
                        + " up "
                        + transfers(LimitTable.DEFAULT.of(plan).up())
                        + " down "
                        + transfers(LimitTable.DEFAULT.of(plan).down()))
                .collect(Collectors.joining("\n")))
        .isEqualTo(
            """
            GUEST up 2 2 50000000000 10000000 file 1000000 down 1 4 50000000000 5000000
            FREE up 8 8 200000000000 - down 1 4 100000000000 10000000
            ACCESS up 30 30 - - down 30 30 - -
            PREMIUM up 30 30 - - down 30 30 - -
            GOLD up 30 30 - - down 30 30 - -\
            """);
  }

  private static String transfers(TransferLimits limits) {
    return "%d %d %s %s%s"
        .formatted(
            limits.files(),
            limits.connections(),
            amount(limits.bytesPerDay()),
            amount(limits.bytesPerSecond()),
            limits.leastFileBytes() == 0 ? "" : " file " + limits.leastFileBytes());
  }

  private static String amount(long bytes) {
    return bytes == TransferLimits.UNLIMITED ? "-" : Long.toString(bytes);
  }
}
