package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that says once that it is too busy has done nothing of what it was asked for. */
class BusyHostTest {
  private static final List<FileLink> LINKS =
      List.of(new FileLink("https://1fichier.com/?a"), new FileLink("https://1fichier.com/?b"));

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  private interface Work {
    void run(Client client) throws IOException;
  }

  private void against(int status, String then, Work work) throws IOException {
    against(json(status, "{\"status\":\"KO\",\"message\":\"Later\"}"), then, work);
  }

  private void against(Reply first, String then, Work work) throws IOException {
    var asked = new AtomicInteger();
    try (var host =
            new StandIn(
                timing,
                _ -> Fault.NONE,
                _ ->
                    _ ->
                        asked.incrementAndGet() == 1
                            ? first
                            : json(then.contains("KO") ? 404 : 200, then));
        var client =
            new Client(
                ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
                    .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
                    .stateIn(directory))) {
      work.run(client);
      assertThat(asked).hasValue(2);
    }
  }

  private static Reply json(int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, "application/json; charset=utf-8", Map.of(), body);
  }

  /** That it moved one of two files was taken for: the other has been moved before. */
  @Test
  void filesThatItDoesNotMoveThen_areMissed() throws IOException {
    against(
        503,
        "{\"status\":\"OK\",\"moved\":1}",
        client ->
            assertThatThrownBy(() -> client.files().move(LINKS, FolderId.ROOT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has moved 1 of 2 files"));
  }

  @Test
  void filesThatItDoesNotFindThen_areNotRemovedBefore() throws IOException {
    against(
        503,
        "{\"status\":\"KO\",\"message\":\"Resource not found #469\"}",
        client ->
            assertThatThrownBy(() -> client.files().remove(LINKS))
                .hasMessageContaining("Resource not found"));
  }

  /** What a gateway says is not said by the host. That all were moved then was not known. */
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void otherFailures_mayHaveMovedSome_orNone(int status) throws IOException {
    against(
        status,
        "{\"status\":\"OK\",\"moved\":1}",
        client ->
            assertThatThrownBy(() -> client.files().move(LINKS, FolderId.ROOT))
                .isInstanceOfSatisfying(
                    RefusedException.class,
                    e -> assertThat(e.refusal()).isInstanceOf(Refusal.Unknown.class))
                .hasMessageContaining("has moved 1 of 2 files"));
  }

  /** A proxy in front of the host says so, too, when the host has died in the midst of it. */
  @ParameterizedTest
  @ValueSource(strings = {"<html>Service Unavailable</html>", "", "{\"error\":\"no backend\"}"})
  void what503OfAProxy_leavesOpen_mayHaveBeenDone(String said) throws IOException {
    byte[] body = said.getBytes(StandardCharsets.UTF_8);
    against(
        new Reply(503, "text/html", Map.of(), body),
        "{\"status\":\"KO\",\"message\":\"Resource not found #469\"}",
        client -> client.files().remove(LINKS));
  }
}
