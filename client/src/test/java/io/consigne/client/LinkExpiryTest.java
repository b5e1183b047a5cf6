package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Timing;
import io.consigne.client.model.AccessRules;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that knows no end of links is not asked for one, nor for half of a change. */
class LinkExpiryTest {
  @Test
  void hostWithoutIt_isSentNothing(@TempDir Path state) throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client =
            new Client(ClientConfig.of(host.url(), new ApiKey("standin-key")).stateIn(state))) {
      var end = Instant.parse("2027-01-31T23:00:00Z");
      FileChange change = FileChange.NONE.lockedBy("secret6").openTo(AccessRules.NONE.until(end));
      List<FileLink> links = List.of(new FileLink(host.url() + "/?4m1x0q9v7t2kz8b6d3ha"));
      assertThatThrownBy(() -> client.files().change(links, change))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.NotOffered.class))
          .hasMessage("Links do not end by themselves at this host");
      assertThat(host.seen()).containsExactly("/v1/capabilities.cgi");
    }
  }
}
