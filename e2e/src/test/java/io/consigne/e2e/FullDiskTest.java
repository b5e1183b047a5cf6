package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host on a disk that somebody else has filled: it takes nothing more, but files can go. */
class FullDiskTest {
  private static final int FILES = 20;
  private static final int MANY = 300;

  @TempDir Path home;

  @Test
  void files_canBeRemoved_whenTheDiskIsFull() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    try (HostProcess host = HostProcess.startUnder(onSmallDisk(data), data)) {
      var api = new Api(host.url(), host.key());
      var random = new Random(1);
      var links = new ArrayList<String>();
      var contents = new ArrayList<byte[]>();
      for (int i = 0; i < FILES; i++) {
        contents.add(new byte[300_000]);
        random.nextBytes(contents.getLast());
        links.add(Api.link(api.upload("file" + i, contents.getLast())));
      }
      Path disk = Path.of("/proc", Long.toString(java(host).pid()), "root" + data);
      fill(disk.resolve("filler"));

      assertThat(api.upload("more", new byte[300_000]).statusCode()).isEqualTo(507);
      for (String link : links.subList(0, FILES - 1)) {
        String which = "{\"files\":[{\"url\":\"" + link + "\"}]}";
        assertThat(api.post("file/rm.cgi", which).statusCode()).isEqualTo(200);
      }
      assertThat(api.call("file/ls.cgi", "{}").path("count").asInt()).isEqualTo(1);
      assertThat(api.download(links.getLast())).isEqualTo(contents.getLast());
      assertThat(api.upload("more", new byte[300_000]).statusCode()).isEqualTo(507);
      assertThat(toldOfRoom(host))
          .singleElement()
          .asString()
          .contains(" WARN ")
          .contains("The disk is full, and what is uploaded is refused: " + data)
          .matches(".*/blobs has [0-9]+ bytes left");

      Files.delete(disk.resolve("filler"));
      assertThat(api.upload("more", new byte[300_000]).statusCode()).isEqualTo(200);
      assertThat(toldOfRoom(host)).hasSize(2).last().asString().contains("There is room again: ");
    }
  }

  private static List<String> toldOfRoom(HostProcess host) {
    return host.log().lines().filter(line -> line.contains(" bytes left")).toList();
  }

  /** Far more than the log has room for, also with what is spared: it begins anew each time. */
  @Test
  void manyFiles_canBeRemovedOneByOne_whenTheDiskIsFull() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    try (HostProcess host = HostProcess.startUnder(onSmallDisk(data), data)) {
      var api = new Api(host.url(), host.key());
      var links = new ArrayList<String>();
      for (int i = 0; i < MANY; i++) {
        links.add(Api.link(api.upload("file" + i, new byte[] {(byte) i})));
      }
      Path disk = Path.of("/proc", Long.toString(java(host).pid()), "root" + data);
      fill(disk.resolve("filler"));
      for (String link : links) {
        String which = "{\"files\":[{\"url\":\"" + link + "\"}]}";
        assertThat(api.post("file/rm.cgi", which).statusCode()).isEqualTo(200);
      }
      assertThat(api.call("file/ls.cgi", "{}").path("count").asInt()).isZero();
    }
  }

  @Test
  void host_startsOnADiskThatIsFull_withTheRoomItHasSpared() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    String full =
        "head -c 4194304 /dev/urandom > '%1$s/spare-room'; cat /dev/zero > '%1$s/filler'"
            .formatted(data);
    try (HostProcess host = HostProcess.startUnder(onSmallDisk(data, full), data)) {
      var api = new Api(host.url(), host.key());
      assertThat(api.call("file/ls.cgi", "{}").path("count").asInt()).isZero();
      assertThat(api.upload("more", new byte[300_000]).statusCode()).isEqualTo(507);
    }
  }

  /** A disk of 64 MiB in place of the data directory, which is there as long as the host is. */
  private static List<String> onSmallDisk(Path data) {
    return onSmallDisk(data, "true");
  }

  /** The same, with something done there before; it may fail. */
  private static List<String> onSmallDisk(Path data, String first) {
    return List.of(
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o size=64m tmpfs '"
            + data
            + "' && { "
            + first
            + "; exec \"$0\" \"$@\"; }");
  }

  private static ProcessHandle java(HostProcess host) {
    return host.process().descendants().findFirst().orElse(host.process().toHandle());
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessage("No space left on device");
    }
  }
}
