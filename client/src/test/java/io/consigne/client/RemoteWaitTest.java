package io.consigne.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.RemoteUpload;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for a fetch does not ask all the time a host that tells nothing before its end. */
class RemoteWaitTest {
  private static final String NOT_YET = "1970-01-01 01:00:00";

  private final VirtualTiming timing = new VirtualTiming();
  private final Instant start = timing.now();

  @TempDir private Path directory;

  /** The seconds at which a host was asked whose fetch ends after a time. */
  private List<Long> asked(Duration lasts, String capabilities) throws IOException {
    var seen = new ArrayList<Long>();
    try (var host =
            new StandIn(
                timing, _ -> Fault.NONE, _ -> request -> answer(request, lasts, capabilities));
        var client =
            new Client(
                ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
                    .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
                    .stateIn(directory))) {
      RemoteUpload.Details ended =
          client
              .remoteUploads()
              .await(7, _ -> seen.add(Duration.between(start, timing.now()).toSeconds()));
      assertThat(ended.request().ended()).isPresent();
    }
    return seen;
  }

  private Reply answer(Request request, Duration lasts, String capabilities) {
    if (request.target().equals("/v1/capabilities.cgi")) {
      return json(capabilities.isEmpty() ? 404 : 200, capabilities);
    }
    assertThat(request.target()).isEqualTo("/v1/remote/info.cgi");
    boolean ended = !timing.now().isBefore(start.plus(lasts));
    return json(
        200,
        """
        {"status": "OK", "id": 7, "request_date": "2026-03-02 11:00:00", "execution_date": "%s",
         "links": ["https://example.org/film.mkv"], "result": []}\
        """
            .formatted(ended ? "2026-03-02 11:02:00" : NOT_YET));
  }

  private static Reply json(int status, String text) {
    return new Reply(status, "application/json", Map.of(), text.getBytes(UTF_8));
  }

  @Test
  void hostThatTellsNothing_isAskedLessAndLessOften() throws IOException {
    assertThat(asked(Duration.ofMinutes(2), ""))
        .containsExactly(0L, 2L, 6L, 14L, 30L, 60L, 90L, 120L);
  }

  /** Bar and result of what had waited for its turn came up to half a minute late. */
  @Test
  void hostThatTellsProgress_isAskedEveryTwoSeconds_whileAFetchWaitsForItsTurn()
      throws IOException {
    String consigne =
        "{\"status\":\"OK\",\"server\":\"consigne\",\"features\":[\"remote-progress\"]}";
    assertThat(asked(Duration.ofSeconds(11), consigne))
        .containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L);
  }
}
