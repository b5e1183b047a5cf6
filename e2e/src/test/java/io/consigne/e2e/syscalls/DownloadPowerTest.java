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
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever the power goes while a file is fetched, there is no half of it under its name: nothing,
 * the file that was there before, or all of the new one, which stays once the command has ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadPowerTest {
  private static final byte[] FIRST = bytes(300_000, 1);
  private static final byte[] SECOND = bytes(200_000, 2);

  private final List<String> log = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private Path home;
  private List<SystemCall> calls;

  private static byte[] bytes(int size, int value) {
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @BeforeAll
  void fetchTwice(@TempDir Path scratch) throws IOException {
    home = Files.createDirectory(scratch.resolve("home"));
    try (HostProcess host = HostProcess.start(scratch.resolve("data"))) {
      var api = new Api(host.url(), host.key());
      api.upload("first", FIRST);
      api.upload("second", SECOND);
      get(host, "/first", scratch.resolve("first.strace"));
      get(host, "/second", scratch.resolve("second.strace"));
    }
    calls = StraceLog.read(log);
    assertThat(home.resolve("file")).hasBinaryContent(SECOND);
    assertThat(home.toFile().list()).containsExactly("file");
  }

  private void get(HostProcess host, String path, Path strace) throws IOException {
    ProcessBuilder get =
        Launcher.command(
            List.of("get", "--if-exists=replace", path, home.resolve("file").toString()));
    get.environment().put("CONSIGNE_API_KEY", host.key());
    get.environment().put("CONSIGNE_URL", host.url());
    get.environment().put("HOME", strace.resolveSibling("person").toString());
    get.command().addAll(0, TracedHost.strace(strace));
    Launcher.run(get).good();
    log.addAll(Files.readAllLines(strace, StandardCharsets.ISO_8859_1));
    ends.add(log.size());
  }

  @Test
  void power_cutAtAnyCall_leavesNoHalfFile() {
    assertThat(faults(calls)).isEmpty();
  }

  /** The proof can fail: without the syncs of the file, or without those of its folder. */
  @Test
  void proof_withoutSyncs_fails() {
    isNeeded(call -> call.file().equals(home.toString()));
    isNeeded(call -> call.file().equals(home.resolve("file.part").toString()));
  }

  private void isNeeded(Predicate<SystemCall> sync) {
    List<SystemCall> some =
        calls.stream().filter(call -> !call.isSync() || !sync.test(call)).toList();
    assertThat(some).hasSizeLessThan(calls.size());
    assertThat(faults(some)).isNotEmpty();
  }

  /** What is wrong with what the power leaves, at each place of the log. */
  private List<String> faults(List<SystemCall> all) {
    var faults = new ArrayList<String>();
    List<PowerCut.Cut> cuts =
        all.stream()
            .filter(call -> call.end() != Integer.MAX_VALUE)
            .filter(call -> call.arguments().contains(home.toString()))
            .map(call -> call.end() + 1)
            .map(place -> new PowerCut.Cut(place, disk -> look(place, disk, faults)))
            .toList();
    assertThat(cuts).hasSizeGreaterThan(20);
    var disk = new SyncedDisk(home);
    PowerCut.replay(all, disk, cuts);
    look(Integer.MAX_VALUE, disk, faults);
    return faults;
  }

  private void look(int place, SyncedDisk disk, List<String> faults) {
    byte[] left = disk.files().get("file");
    List<byte[]> right =
        place < ends.getFirst()
            ? List.of(FIRST)
            : place < ends.getLast() ? List.of(FIRST, SECOND) : List.of(SECOND);
    boolean isNone = left == null && place < ends.getFirst();
    if (!isNone && right.stream().noneMatch(bytes -> Arrays.equals(bytes, left))) {
      faults.add(
          "at %d: %s bytes of another file"
              .formatted(place, left == null ? "no" : Integer.toString(left.length)));
    }
  }
}
