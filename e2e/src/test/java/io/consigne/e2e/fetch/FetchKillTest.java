package io.consigne.e2e.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostDatabase;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A host that is killed by SIGKILL while it fetches ends each fetch exactly once, with every byte,
 * and charges it once. {@code proof/fetches} runs the same with another seed, or for longer.
 */
class FetchKillTest {
  private static final int KILLS = Integer.getInteger("consigne.fetches.kills", 50);
  private static final long SEED = Long.getLong("consigne.fetches.seed", 1);
  private static final int FETCHES = 20;
  private static final int UNDER_WAY = 20;
  private static final long BYTES_PER_SECOND = 2_000_000;
  private static final int LONGEST = 20_000_000;

  /** Of so many kills one is not left to chance: a part of a file is safe on disk by then. */
  private static final int SURE_EVERY = 5;

  private static final int[] LARGEST = {200_000, 2_000_000, 8_000_000, LONGEST};

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private final Random random = new Random(SEED);
  private final SlowSource source = new SlowSource(BYTES_PER_SECOND, LONGEST, SEED);
  private final Map<String, Long> requests = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final List<String> begun = new ArrayList<>();
  private Path data = Path.of("");

  @Test
  void killedHost_endsEachFetchExactlyOnce() throws InterruptedException {
    data = home.resolve("data");
    for (int kill = 0; kill < KILLS; kill++) {
      HostProcess host = start();
      var api = new Api(host.url(), host.key());
      while (requests.size() - ended.size() < UNDER_WAY) {
        ask(api);
      }
      if (kill % SURE_EVERY == 0) {
        killAtACheckpoint(host);
      } else {
        killAtRandom(host);
      }
      assertThat(host.log()).doesNotContain(" ERROR ");
    }
    try (HostProcess host = start()) {
      check(new Api(host.url(), host.key()));
    }
    String option = "--data=" + data;
    assertThat(Launcher.consigne("fsck", option).good()).endsWith("all is well\n");
    assertThat(data.resolve("blobs/incoming")).isEmptyDirectory();
    source.close();
    System.out.printf(
        "fetches: %d kills amid fetches; %d fetches, %d resumed; seed %d%n",
        KILLS, requests.size(), source.resumed(), SEED);
    assertThat(begun)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(source.resumed(name)).as(name).isPositive());
  }

  /** When it is killed is left to chance, but so many are fetched then. */
  private void killAtRandom(HostProcess host) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(4_000));
    var api = new Api(host.url(), host.key());
    look(api);
    while (source.sending() < UNDER_WAY) {
      source.awaitBegun(ask(api, LONGEST - random.nextInt(LONGEST / 2)));
    }
    host.kill();
  }

  /** The second half of the file is sent only to the next host: it has to go on with the first. */
  private void killAtACheckpoint(HostProcess host) {
    String name = nextName();
    source.hold(name);
    var _ = ask(new Api(host.url(), host.key()), LONGEST);
    begun.add(name);
    String parts =
        "SELECT partial_file FROM remote_fetches WHERE partial_file IS NOT NULL AND request_id = "
            + requests.get(name);
    try (HostDatabase database = HostDatabase.ofRunning(data)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> !database.texts(parts).isEmpty());
    }
    host.kill();
    source.release(name);
  }

  private HostProcess start() {
    return HostProcess.start(
        data,
        "--fetches=" + 5 * UNDER_WAY,
        "--fetch-allow=127.0.0.0/8",
        "--fetch-ports=" + source.port());
  }

  private void ask(Api api) {
    var _ = ask(api, random.nextInt(LARGEST[random.nextInt(LARGEST.length)]));
  }

  private String nextName() {
    return "f" + requests.size();
  }

  private String ask(Api api, int length) {
    String name = nextName();
    String url = source.add(name, length, SEED + requests.size());
    JsonNode made = api.call("remote/request.cgi", "{\"urls\":[\"" + url + "\"]}");
    requests.put(name, made.path("id").asLong());
    return name;
  }

  private void look(Api api) {
    requests.forEach((name, id) -> {
      if (!ended.contains(name) && !info(api, id).path("execution_date").asString().isEmpty()) {
        ended.add(name);
      }
    });
  }

  private static JsonNode info(Api api, long id) {
    return api.call("remote/info.cgi", "{\"id\":" + id + "}");
  }

  private void check(Api api) {
    while (requests.size() < FETCHES) {
      ask(api);
    }
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(() -> {
          look(api);
          assertThat(ended).isEqualTo(requests.keySet());
        });
    long total = 0;
    var links = new ArrayList<String>();
    for (Map.Entry<String, Long> request : requests.entrySet()) {
      JsonNode fetch = info(api, request.getValue()).path("fetches").path(0);
      assertThat(fetch.path("state").asString()).as(fetch.toString()).isEqualTo("done");
      String link = fetch.path("download_link").asString();
      assertThat(source.isWhole(request.getKey(), api.download(link))).as(link).isTrue();
      links.add(link);
      total += source.length(request.getKey());
    }
    JsonNode listed = api.call("file/ls.cgi", "{\"folder_id\":0}").path("items");
    List<String> there = listed.findValuesAsString("url");
    assertThat(there).containsExactlyInAnyOrderElementsOf(links);
    assertThat(api.call("user/info.cgi", "{}").path("cold_storage").asLong()).isEqualTo(total);
  }
}
