package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A certificate that nobody renewed once ended, and the log said nothing. */
class CertificateEndTest {
  private static final Instant END = Instant.parse("2026-03-15T12:00:00Z");
  private static final String COMES =
      "The certificate ends at 2026-03-15T12:00:00Z, and clients refuse it then: renew it";

  private final CertificateEnd end = new CertificateEnd();

  @Test
  void end_isToldTwoWeeksBefore_thenOnceADay() {
    Instant first = END.minus(Duration.ofDays(14));
    assertThat(end.sentence(END, first.minusSeconds(1))).isEmpty();
    assertThat(end.sentence(END, first)).contains(COMES);
    assertThat(end.sentence(END, first.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(end.sentence(END, first.plus(Duration.ofHours(24)))).contains(COMES);
  }

  @Test
  void certificateThatIsOver_isToldAtTheStart() {
    assertThat(end.sentence(END, END))
        .contains("The certificate ended at 2026-03-15T12:00:00Z, and clients refuse it: renew it");
  }

  @Test
  void renewed_isNoNews() {
    assertThat(end.sentence(END, END)).isPresent();
    assertThat(end.sentence(END.plus(Duration.ofDays(90)), END.plus(Duration.ofDays(2)))).isEmpty();
  }
}
