package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder whose id the host does not tell is never taken for the root. */
class FolderDoubtsTest {
  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  /** Has folders made, if they are to be, and then tells another answer to one call. */
  private record OtherAnswer(Transport transport, String call, boolean makes, String told)
      implements Transport {
    @Override
    public WireAnswer send(WireRequest request) throws IOException {
      boolean other = request.uri().getPath().endsWith(call);
      WireRequest sent =
          other && !makes ? WireRequest.get(request.uri().resolve("/none")) : request;
      WireAnswer answer = transport.send(sent);
      if (!other) {
        return answer;
      }
      answer.close();
      return new WireAnswer(
          200, answer.headers(), new ByteArrayInputStream(told.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  private Client client(StandIn host, boolean makes, String told) {
    return client(host, "/mkdir.cgi", makes, told);
  }

  private Client client(StandIn host, String call, boolean makes, String told) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("key"))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .over(() ->
                new OtherAnswer(new HttpTransport(null, Duration.ofMinutes(1)), call, makes, told))
            .stateIn(directory.resolve("state")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"OK\"}",
        "{\"status\":\"OK\",\"folder_id\":0}",
        "{\"status\":\"OK\",\"folder_id\":-3}",
        "{\"status\":\"OK\",\"folder_id\":\"none\"}"
      })
  void madeWithoutAnId_isLookedForInItsParent(String told) throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, true, told)) {
      FolderId made = client.folders().make(FolderId.ROOT, "Docs");
      assertThat(made).isNotEqualTo(FolderId.ROOT);
      assertThat(client.folders().list(FolderId.ROOT).folders())
          .singleElement()
          .satisfies(folder -> assertThat(folder.id()).isEqualTo(made));
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  @Test
  void notMade_isNoSuccess() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, false, "{\"status\":\"OK\"}")) {
      assertThatThrownBy(() -> client.folders().make(FolderId.ROOT, "Docs"))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Unavailable.class))
          .hasMessage("the answer cannot be read: no id of a folder: null");
    }
  }

  /** It was a failure, and the folder was there. */
  @Test
  void madeByTheLastTry_isFound() throws IOException {
    Queue<Fault> faults =
        new ArrayDeque<>(List.of(Fault.BAD_GATEWAY, Fault.CUT, Fault.LOST_ANSWER));
    try (var host =
            new StandIn(
                timing, path -> path.endsWith("/mkdir.cgi") ? faults.remove() : Fault.NONE);
        var client =
            new Client(
                ClientConfig.of(host.url(), new ApiKey("key"))
                    .with(Limits.DOCUMENTED)
                    .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
                    .stateIn(directory.resolve("state")))) {
      FolderId made = client.folders().make(FolderId.ROOT, "Docs");
      assertThat(client.folders().list(FolderId.ROOT).folders())
          .singleElement()
          .satisfies(folder -> assertThat(folder.id()).isEqualTo(made));
    }
  }

  /** It was the root itself: whatever was done in it was done to all. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"id\":0,", "\"id\":-3,", "\"id\":null,"})
  void listedWithoutAnId_isNoListing(String id) throws IOException {
    String told = "{\"status\":\"OK\",\"sub_folders\":[{%s\"name\":\"Docs\"}]}".formatted(id);
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, "/folder/ls.cgi", true, told)) {
      assertThatThrownBy(() -> client.folders().list(FolderId.ROOT))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("the answer cannot be read: no id of a folder: ");
    }
  }
}
