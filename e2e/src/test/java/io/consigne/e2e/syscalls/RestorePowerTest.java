package io.consigne.e2e.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.Launcher;
import io.consigne.e2e.MultipartForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever the power goes while a backup is restored, the directory is empty, marked as unfinished,
 * or a host with everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestorePowerTest {
  private static final String MARK = "data/restore-unfinished";

  private Path home;
  private List<SystemCall> calls;
  private Map<String, Integer> restored;

  @BeforeAll
  void restoreUnderStrace(@TempDir Path scratch) throws IOException {
    Path backup = scratch.resolve("backup");
    Path data = scratch.resolve("data");
    try (HostProcess host = HostProcess.start(data, "--tls-self")) {
      Launcher.consigne("backup", backup.toString(), "--data=" + data).good();
      var api = Api.trusting(data.resolve("tls/ca.pem"), host.url(), host.key());
      api.upload(new MultipartForm().file("small", new byte[100]).file("b", new byte[20_000]));
      api.upload("large", new byte[400_000]);
      Launcher.consigne("backup", backup.toString(), "--data=" + data).good();
    }
    home = Files.createDirectory(scratch.resolve("home"));
    Path log = scratch.resolve("restore.strace");
    var restore =
        Launcher.command(List.of("restore", backup.toString(), "--data=" + home.resolve("data")));
    restore.command().addAll(0, TracedHost.strace(log));
    Launcher.run(restore).good();
    calls = StraceLog.read(log);
    restored = onDisk();
  }

  /** The files below the home, each with a hash of its bytes. */
  private Map<String, Integer> onDisk() throws IOException {
    var files = new TreeMap<String, Integer>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(home.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void power_cutAtAnyCall_leavesNoHalfHost() {
    assertThat(restored).containsKeys("data/consigne.db", "data/tls/ca.pem", "data/blobs/store-id");
    assertThat(halfHosts(calls)).isEmpty();
    var end = new ArrayList<Map<String, Integer>>();
    replay(calls, List.of(Integer.MAX_VALUE), end);
    assertThat(end).containsExactly(restored);
  }

  /** The proof can fail: without some of the syncs that there were, it does. */
  @ParameterizedTest
  @ValueSource(strings = {"data", "data/blobs/..", "data/blobs/incoming/.*", "data/.*restoring"})
  void proof_withoutTheSyncsOf_fails(String files) {
    var pattern = Pattern.compile(Pattern.quote(home.toString()) + "/" + files);
    List<SystemCall> some =
        calls.stream()
            .filter(call -> !call.isSync() || !pattern.matcher(call.file()).matches())
            .toList();
    assertThat(some).hasSizeLessThan(calls.size());
    var end = new ArrayList<Map<String, Integer>>();
    replay(some, List.of(Integer.MAX_VALUE), end);
    assertThat(end).doesNotContain(restored);
  }

  private List<String> halfHosts(List<SystemCall> all) {
    List<Integer> places =
        all.stream()
            .filter(call -> call.end() != Integer.MAX_VALUE)
            .filter(call -> call.arguments().contains(home.toString()))
            .map(call -> call.end() + 1)
            .toList();
    assertThat(places).hasSizeGreaterThan(30);
    var left = new ArrayList<Map<String, Integer>>();
    replay(all, places, left);
    var faults = new ArrayList<String>();
    for (int i = 0; i < left.size(); i++) {
      Map<String, Integer> files = left.get(i);
      boolean isEmpty = files.isEmpty() || files.keySet().equals(Set.of("data/lock"));
      if (!isEmpty && !files.containsKey(MARK) && !files.equals(restored)) {
        faults.add("at " + places.get(i) + ": " + files.keySet());
      }
    }
    return faults;
  }

  /** What the power leaves at each place of the log. */
  private void replay(List<SystemCall> all, List<Integer> places, List<Map<String, Integer>> left) {
    List<PowerCut.Cut> cuts =
        places.stream()
            .map(place -> new PowerCut.Cut(place, disk -> left.add(hashes(disk))))
            .toList();
    PowerCut.replay(all, new SyncedDisk(home), cuts);
  }

  private static Map<String, Integer> hashes(SyncedDisk disk) {
    var hashes = new TreeMap<String, Integer>();
    disk.files().forEach((name, bytes) -> hashes.put(name, Arrays.hashCode(bytes)));
    return hashes;
  }
}
