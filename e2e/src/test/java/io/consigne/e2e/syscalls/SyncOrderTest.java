package io.consigne.e2e.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostDatabase;
import io.consigne.e2e.HostDatabase.Run;
import io.consigne.e2e.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Everything that an answer rests on is synced before the answer begins: the very files,
 * directories and transactions, as the system calls of the real process show.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncOrderTest {
  private Recording recording;
  private String database;

  @BeforeAll
  void record(@TempDir Path home) throws Exception {
    recording = Recording.in(Files.createDirectory(home.resolve("host")));
    database = recording.data().resolve("consigne.db").toString();
  }

  @Test
  void everyAnswer_restsOnWhatIsSynced() {
    assertThat(faults(recording.calls())).isEmpty();
    System.out.println(
        "synced before the answer: %d answers, of which %d rest on store files, all on the database"
            .formatted(recording.answered().size(), recording.files()));
  }

  private List<String> faults(List<SystemCall> calls) {
    var faults = new ArrayList<String>();
    try (var rows = new HostDatabase(Path.of(database))) {
      for (Recording.Answered answered : recording.answered()) {
        assertThat(answered.exchange().status()).matches("HTTP/1.1 (200|302) ");
        faults(calls, rows, answered)
            .forEach(fault -> faults.add(answered.promise() + ": " + fault));
      }
    }
    return faults;
  }

  private List<String> faults(
      List<SystemCall> calls, HostDatabase rows, Recording.Answered answered) {
    Exchange exchange = answered.exchange();
    var durability = new Durability(calls, exchange.answer(calls));
    var faults = new ArrayList<String>();
    if (answered.promise() instanceof Promise.Kept kept) {
      List<Run> runs = rows.runs(kept.name());
      assertThat(runs).as(kept.name()).isNotEmpty();
      for (Run each : runs) {
        faults.addAll(durability.file(recording.path(each.storeFile()), each.offset(), each.end()));
      }
    }
    faults.addAll(durability.entry(database));
    faults.addAll(
        durability.transaction(
            database + "-wal", answered.promise().text(), exchange.accepted(calls)));
    return faults;
  }

  /** The same, tried: what was not synced is forgotten, and what is left is looked at. */
  @Test
  void power_cutAtEachAnswerAndAfterEachSync_losesNothingPromised(@TempDir Path scratch) {
    var left = new WhatIsLeft(recording, scratch);
    PowerCut.replay(recording.calls(), new SyncedDisk(recording.home()), left.cuts());
    Path home = scratch.resolve("again");
    SyncedDisk.write(left.atLastAnswer(), home);

    assertThat(left.faults()).isEmpty();
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      var api = new Api(host.url(), host.key());
      JsonNode list = api.call("file/ls.cgi", "{}");
      for (JsonNode file : list.path("items")) {
        assertThat(api.download(file.path("url").asString())).hasSize(file.path("size").asInt());
      }
      assertThat(list.path("count").asInt()).isEqualTo(recording.files());
    }
    System.out.println("power cut: " + left);
  }

  /** The proofs can fail: without some of the syncs that there were, they do. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/blobs/incoming/.*",
        "/data/blobs/../.*",
        "/data/blobs/..",
        "/data",
        "/data/consigne.db-wal"
      })
  void proof_withoutTheSyncsOf_fails(String files, @TempDir Path scratch) {
    var pattern = Pattern.compile(Pattern.quote(recording.home().toString()) + files);
    List<SystemCall> calls =
        recording.calls().stream()
            .filter(call -> !call.isSync() || !pattern.matcher(call.file()).matches())
            .toList();

    assertThat(faults(calls)).isNotEmpty();
    var left = new WhatIsLeft(recording, scratch);
    PowerCut.replay(calls, new SyncedDisk(recording.home()), List.of(left.lastAnswer()));
    assertThat(left.faults()).isNotEmpty();
  }

  @Test
  void firstKey_isShownWhenItIsSynced() {
    String file = HostProcess.keyFile(recording.data()).toString();
    String line = "The key of the account admin is in " + file; // not that of a rehearsal
    var durability = new Durability(recording.calls(), Recording.shown(recording.calls(), line));
    String hint = recording.key().substring(0, 8);

    assertThat(durability.file(file, 0, recording.key().length() + 1)).isEmpty();
    assertThat(durability.entry(database)).isEmpty();
    assertThat(durability.transaction(database + "-wal", hint, recording.calls().getFirst()))
        .isEmpty();
  }

  @Test
  void signedAddress_isGivenWhenItsKeyIsSynced() {
    List<SystemCall> calls = recording.calls();
    var durability = new Durability(calls, recording.token().answer(calls));
    try (var rows = new HostDatabase(Path.of(database))) {
      for (String secret : rows.texts("SELECT secret FROM signing_keys")) {
        assertThat(durability.transaction(database + "-wal", secret, calls.getFirst())).isEmpty();
      }
    }
  }

  @Test
  void selfMadeCertificates_areShownWhenTheyAreSynced(@TempDir Path scratch) throws IOException {
    Path home = Files.createDirectory(scratch.resolve("host"));
    TracedHost host = TracedHost.start(home, "--tls-self");
    host.close();
    List<SystemCall> calls = host.calls();
    var durability = new Durability(calls, Recording.shown(calls, "Consigne serves"));
    for (String name : List.of("ca.pem", "server.pem", "server.key")) {
      Path file = home.resolve("data/tls").resolve(name);
      assertThat(durability.file(file.toString(), 0, Files.size(file))).isEmpty();
    }
  }
}
