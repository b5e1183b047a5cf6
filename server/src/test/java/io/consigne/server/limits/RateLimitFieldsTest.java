package io.consigne.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.limits.Admission.LimitState;
import io.consigne.core.limits.CallRate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitFieldsTest {
  private static final List<LimitState> STANDINGS =
      List.of(
          new LimitState("key", CallRate.perSecond(3, 30), 29, Duration.ofMillis(333)),
          new LimitState(
              "account-all-files", CallRate.every(Duration.ofHours(1), 2), 0, Duration.ofHours(1)));

  @Test
  void policy_isAListOfNames_withQuotaAndWindow() {
    assertThat(RateLimitFields.policy(STANDINGS))
        .isEqualTo("\"key\";q=30;w=10, \"account-all-files\";q=2;w=7200");
  }

  @Test
  void limit_isAListOfNames_withWhatIsLeft_andSecondsRoundedUp() {
    assertThat(RateLimitFields.limit(STANDINGS))
        .isEqualTo("\"key\";r=29;t=1, \"account-all-files\";r=0;t=3600");
  }
}
