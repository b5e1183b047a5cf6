package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteFetch.Progress;
import io.consigne.client.model.RemoteFetch.State;
import io.consigne.client.model.RemoteUpload;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What hosts tell of remote uploads, as values. */
class RemoteCallsTest {
  private static RemoteUpload.Details details(String json) {
    return RemoteCalls.info(1).reader().apply(Json.object(json).orElseThrow());
  }

  @Test
  void consigne_tellsHowFarEachFetchIs() {
    RemoteUpload.Details details =
        details(
            """
            {"id":7,"request_date":"2026-07-29 15:00:00","execution_date":"","links":["a","b"],
             "result":[],"fetches":[
              {"url":"a","state":"running","filename":"f","bytes":10,"total":40,"speed":5,"eta":6,
               "attempts":0,"message":"","download_link":""},
              {"url":"b","state":"queued","filename":"","bytes":0,"speed":0,"attempts":2,
               "next_try":"2026-07-29T13:00:09Z","message":"busy","download_link":""}]}
            """);
    assertThat(details.request())
        .isEqualTo(new RemoteUpload(7, Instant.parse("2026-07-29T13:00:00Z"), null));
    assertThat(details.fetches())
        .containsExactly(
            new RemoteFetch(
                "a",
                State.RUNNING,
                "f",
                new Progress(10, 40L, 5, Duration.ofSeconds(6)),
                null,
                null,
                ""),
            new RemoteFetch(
                "b",
                State.QUEUED,
                "",
                new Progress(0, null, 0, null),
                Instant.parse("2026-07-29T13:00:09Z"),
                null,
                "busy"));
  }

  @Test
  void oneFichier_tellsOnlyHowSourcesEnded() {
    RemoteUpload.Details details =
        details(
            """
            {"id":"8","request_date":"2026-07-29 15:00:00","execution_date":"2026-07-29 15:02:10",
             "links":["https://e.org/a","https://e.org/b","https://e.org/c"],"result":[
              {"status":"OK","url":"https://e.org/a","message":"12 MB",
               "download_link":"https://1fichier.com/?c4n8x2z6m0k5j7h9g1fa"},
              {"status":"KO","url":"https://e.org/c","message":"Not found"}]}
            """);
    assertThat(details.request().ended()).hasValue(Instant.parse("2026-07-29T13:02:10Z"));
    assertThat(details.fetches())
        .extracting(RemoteFetch::state)
        .containsExactly(State.DONE, State.QUEUED, State.FAILED);
    assertThat(details.fetches().getFirst().link())
        .isEqualTo(new FileLink("https://1fichier.com/?c4n8x2z6m0k5j7h9g1fa"));
    assertThat(details.fetches().getLast().message()).isEqualTo("Not found");
  }

  @Test
  void oneFichier_tellsOfTheSameSourceTwice() {
    RemoteUpload.Details details =
        details(
            """
            {"id":"8","request_date":"2026-07-29 15:00:00","execution_date":"2026-07-29 15:02:10",
             "links":["https://e.org/a","https://e.org/a","https://e.org/a"],"result":[
              {"status":"OK","url":"https://e.org/a","message":"12 MB",
               "download_link":"https://1fichier.com/?c4n8x2z6m0k5j7h9g1fa"},
              {"status":"KO","url":"https://e.org/a","message":"Not found"}]}
            """);
    assertThat(details.fetches())
        .extracting(RemoteFetch::state)
        .containsExactly(State.DONE, State.FAILED, State.QUEUED);
  }

  @Test
  void dateOf1970_isNone() {
    RemoteUpload.Details details =
        details("{\"id\":1,\"execution_date\":\"1970-01-01 01:00:00\",\"links\":[]}");
    assertThat(details.request().ended()).isEmpty();
  }
}
