package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of several links. */
final class LinksTogetherTest {
  private static final String CALL = "/v1/file/chattr.cgi";

  @TempDir private Path home;

  private static StandIn hostWith(String... names) throws IOException {
    var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    for (String name : names) {
      host.files().add(name, new byte[] {1});
    }
    return host;
  }

  private static long marked(StandIn host) {
    return host.files().tree().stream().filter(line -> line.contains("FR")).count();
  }

  /** Each took a call. */
  @Test
  void several_areChangedByOneCall() throws IOException {
    try (StandIn host = hostWith("a", "b", "c")) {
      Run run = Run.against(host, home, "link", "--country=FR", "/a", "/b", "/c");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSize(3);
      assertThat(marked(host)).isEqualTo(3);
      assertThat(Collections.frequency(host.seen(), CALL)).isEqualTo(1);
    }
  }

  /** What was changed with it was told only as far as it had come before it. */
  @Test
  void oneThatIsPassedOver_isNotToldAsChanged_butTheOthersAre() throws IOException {
    try (StandIn host = hostWith("a", "b", "c")) {
      host.files().passOver("b");
      Run run = Run.against(host, home, "link", "--country=FR", "/a", "/b", "/c");
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.out().lines()).hasSize(2);
      assertThat(run.err()).isEqualTo("consigne: /b: the host refused: Resource not found #469\n");
      assertThat(marked(host)).isEqualTo(2);
    }
  }

  @Test
  void oneThatIsPassedOver_hasItsReasonInJson() throws IOException {
    try (StandIn host = hostWith("a", "b")) {
      host.files().passOver("a");
      Run run = Run.against(host, home, "link", "--json", "--country=FR", "/a", "/b");
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.out())
          .containsPattern("\"path\":\"/a\",\"link\":\"[^\"]*\",\"kind\":\"not-found\"");
    }
  }

  /** Those were changed by the first call, and none of them was told. */
  @Test
  void keyThatDiesMeanwhile_leavesToldWhatIsChanged() throws IOException {
    var host = new AtomicReference<StandIn>();
    var calls = new AtomicInteger();
    Function<String, Fault> script =
        path -> {
          if (path.equals(CALL) && calls.incrementAndGet() == 2) {
            host.get().refuse(CALL, "No such user #93");
          }
          return Fault.NONE;
        };
    try (var standIn = new StandIn(Timing.SYSTEM, script)) {
      host.set(standIn);
      for (String name : List.of("a", "b", "c")) {
        standIn.files().add(name, new byte[] {1});
      }
      standIn.files().passOver("a");
      Run run = Run.against(standIn, home, "link", "--country=FR", "/a", "/b", "/c");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.out().lines()).hasSize(2);
    }
  }

  @Test
  void thoseThatAreSoAlready_areNoFailure() throws IOException {
    try (StandIn host = hostWith("a", "b")) {
      assertThat(Run.against(host, home, "link", "--country=FR", "/a").exitCode()).isZero();
      for (int i = 0; i < 2; i++) {
        Run run = Run.against(host, home, "link", "--country=FR", "/a", "/b");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2);
      }
      assertThat(marked(host)).isEqualTo(2);
    }
  }

  /** Those before it were changed. */
  @Test
  void oneThatIsNotFound_keepsAllAsTheyAre() throws IOException {
    try (StandIn host = hostWith("a")) {
      Run run = Run.against(host, home, "link", "--country=FR", "/a", "/none");
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(marked(host)).isZero();
    }
  }
}
