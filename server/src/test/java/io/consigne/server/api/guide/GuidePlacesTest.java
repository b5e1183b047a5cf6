package io.consigne.server.api.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.server.api.guide.GuideRoutes.Answered;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The places of calls that are answered, or not. */
class GuidePlacesTest {
  private final AtomicInteger closed = new AtomicInteger();

  /** A call that memory did not suffice for kept its place for ever. */
  @Test
  void placeOfACall_thatEndsWithAnError_isFree() {
    assertThatThrownBy(() ->
            Answered.of(
                closed::incrementAndGet,
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(closed).hasValue(1);
  }

  @Test
  void placeOfAnAnswer_isHeld_untilThatIsSent() {
    try (var _ = Answered.of(closed::incrementAndGet, () -> GuideEndpoint.Answer.of(Map.of()))) {
      assertThat(closed).hasValue(0);
    }
    assertThat(closed).hasValue(1);
  }
}
