package io.consigne.e2e.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * Wherever the power goes while a backup is made, the one before it is whole until the new one is,
 * and a backup that was told to be complete stays so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupPowerTest {
  private static final String MANIFEST = "backup/manifest";

  private final List<String> log = new ArrayList<>();
  private final List<Map<String, Integer>> backups = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private Path home;
  private List<SystemCall> calls;

  @BeforeAll
  void makeTwoBackups(@TempDir Path scratch) throws IOException {
    home = Files.createDirectory(scratch.resolve("home"));
    Path data = scratch.resolve("data");
    String link;
    String key;
    try (HostProcess host = HostProcess.start(data)) {
      key = host.key();
      var api = new Api(host.url(), key);
      link = Api.link(api.upload("gone", new byte[400_000]));
      api.upload("large", bytes(300_000));
      api.upload("small", bytes(100));
    }
    backUp(scratch.resolve("first.strace"), data);
    try (HostProcess host = HostProcess.start(data)) {
      var api = new Api(host.url(), key);
      api.call("file/rm.cgi", "{\"files\":[{\"url\":\"" + link + "\"}]}");
      api.upload("later", bytes(200_000));
    }
    backUp(scratch.resolve("second.strace"), data);
    calls = StraceLog.read(log);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) size);
    return bytes;
  }

  private void backUp(Path strace, Path data) throws IOException {
    ProcessBuilder backup =
        Launcher.command(List.of("backup", home.resolve("backup").toString(), "--data=" + data));
    backup.command().addAll(0, TracedHost.strace(strace));
    Launcher.run(backup).good();
    log.addAll(Files.readAllLines(strace, StandardCharsets.ISO_8859_1));
    ends.add(log.size());
    backups.add(onDisk());
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
  void power_cutAtAnyCall_leavesAWholeBackup() {
    assertThat(backups.getFirst().get(MANIFEST)).isNotEqualTo(backups.getLast().get(MANIFEST));
    assertThat(faults(calls)).isEmpty();
  }

  /** The proof can fail: without some of the syncs that there were, it does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup",
        "backup/manifest.new",
        "backup/blobs/..",
        "backup/blobs/incoming/.*",
        "backup/state-[0-9]*",
        "backup/state-[0-9]*/consigne.db"
      })
  void proof_withoutTheSyncsOf_fails(String files) {
    var pattern = Pattern.compile(Pattern.quote(home.toString()) + "/" + files);
    List<SystemCall> some =
        calls.stream()
            .filter(call -> !call.isSync() || !pattern.matcher(call.file()).matches())
            .toList();
    assertThat(some).hasSizeLessThan(calls.size());
    assertThat(faults(some)).isNotEmpty();
  }

  /** What is wrong with what the power leaves, at each place of the log. */
  private List<String> faults(List<SystemCall> all) {
    var faults = new ArrayList<String>();
    Stream<Integer> during =
        all.stream()
            .filter(call -> call.end() != Integer.MAX_VALUE)
            .filter(call -> call.arguments().contains(home.toString()))
            .map(call -> call.end() + 1);
    List<PowerCut.Cut> cuts =
        Stream.concat(during, ends.stream())
            .map(place -> new PowerCut.Cut(place, disk -> faults.addAll(faults(place, disk))))
            .toList();
    assertThat(cuts).hasSizeGreaterThan(60);
    PowerCut.replay(all, new SyncedDisk(home), cuts);
    return faults;
  }

  /** The files that the newest manifest rests on are there; a manifest that was told of, too. */
  private List<String> faults(int place, SyncedDisk disk) {
    var left = new TreeMap<String, Integer>();
    disk.files().forEach((name, bytes) -> left.put(name, Arrays.hashCode(bytes)));
    Integer manifest = left.get(MANIFEST);
    int told = (int) ends.stream().filter(end -> end <= place).count();
    if (manifest == null) {
      return told == 0 ? List.of() : List.of("at " + place + ": no manifest");
    }
    for (int i = Math.max(0, told - 1); i < backups.size(); i++) {
      if (manifest.equals(backups.get(i).get(MANIFEST))) {
        return left.entrySet().containsAll(backups.get(i).entrySet())
            ? List.of()
            : List.of("at " + place + ": of backup " + i + " there are " + left.keySet());
      }
    }
    return List.of("at " + place + ": a manifest of nothing");
  }
}
