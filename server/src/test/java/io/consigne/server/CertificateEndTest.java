package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A certificate that nobody renewed once ended, and the log said nothing. */
class CertificateEndTest {
  private static final Instant END = Instant.parse("2026-03-15T12:00:00Z");
  private static final Instant BEGIN = END.minus(Duration.ofDays(90));
  private static final String COMES =
      "The certificate ends at 2026-03-15T12:00:00Z, and clients refuse it then: renew it";

  private final CertificateEnd end = new CertificateEnd();

  @Test
  void end_isToldTwoWeeksBefore_thenOnceADay() {
    Instant first = END.minus(Duration.ofDays(14));
    assertThat(end.sentence(BEGIN, END, first.minusSeconds(1))).isEmpty();
    assertThat(end.sentence(BEGIN, END, first)).contains(COMES);
    assertThat(end.sentence(BEGIN, END, first.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(end.sentence(BEGIN, END, first.plus(Duration.ofHours(24)))).contains(COMES);
  }

  @Test
  void certificateThatIsOver_isToldAtTheStart() {
    assertThat(end.sentence(BEGIN, END, END))
        .contains("The certificate ended at 2026-03-15T12:00:00Z, and clients refuse it: renew it");
  }

  @Test
  void renewed_isNoNews() {
    assertThat(end.sentence(BEGIN, END, END)).isPresent();
    assertThat(end.sentence(END, END.plus(Duration.ofDays(90)), END.plus(Duration.ofDays(2))))
        .isEmpty();
  }

  /** One of six days was told of each day, though each was renewed in time. */
  @Test
  void shortLife_isToldOfLater() {
    Instant begin = END.minus(Duration.ofDays(6));
    Instant first = END.minus(Duration.ofDays(1));
    assertThat(end.sentence(begin, END, first.minusSeconds(1))).isEmpty();
    assertThat(end.sentence(begin, END, first)).contains(COMES);
  }

  /** It was silent until the time that the clock once had. */
  @Test
  void clockThatWasAhead_silencesNothing() {
    assertThat(end.sentence(BEGIN, END, END.plus(Duration.ofDays(3650)))).isPresent();
    Instant now = END.minus(Duration.ofDays(7));
    assertThat(end.sentence(BEGIN, END, now)).contains(COMES);
    assertThat(end.sentence(BEGIN, END, now.plusSeconds(60))).isEmpty();
  }
}
