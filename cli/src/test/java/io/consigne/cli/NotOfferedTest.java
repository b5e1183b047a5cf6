package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Consigne hosts alone have is asked of no other: 1fichier.com counts what it refuses. */
final class NotOfferedTest {
  @TempDir private Path home;

  @Test
  void hostsThatDoNotOfferIt_areNotAsked() throws IOException {
    String cancelsNothing = "this host cancels nothing that it was asked to fetch";
    String again = "this host tries no fetch again that has failed";
    String told = "this host tells no address what happens to an account";
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      refused(host, cancelsNothing, "remote", "cancel", "5");
      refused(host, again, "remote", "retry", "5");
      refused(host, told, "webhook", "add", "https://receiver.example.org/hook?token=hush");
      refused(host, told, "webhook", "list");
      refused(host, told, "webhook", "remove", "5");
      refused(host, told, "webhook", "test", "5");
      refused(host, told, "webhook", "log");
      assertThat(host.seen()).containsOnly("/v1/capabilities.cgi");
    }
  }

  /** The host was said to offer less than it does. */
  @Test
  void keyThatIsRefusedItself_isToldSo() throws IOException {
    String words = "Resource not allowed: this key is not for your address";
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.refuse("/v1/capabilities.cgi", words);
      for (String[] command : new String[][] {{"remote", "cancel", "5"}, {"webhook", "list"}}) {
        Run run = Run.against(host, home, command);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).startsWith("consigne: the host refused: " + words);
      }
      assertThat(host.seen()).containsOnly("/v1/capabilities.cgi");
    }
  }

  private void refused(StandIn host, String sentence, String... arguments) {
    assertThat(Run.against(host, home, arguments))
        .as(List.of(arguments).toString())
        .isEqualTo(new Run(1, "", "consigne: " + sentence + "\n"));
  }
}
