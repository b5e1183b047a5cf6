package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a terminal, which {@code script} plays. */
final class TerminalTest {
  private static final String CTRL_C = "\u0003";

  @TempDir private Path home;
  private Desk desk;
  private Path screen;

  @BeforeEach
  void start() throws IOException {
    desk = new Desk(home);
    screen = desk.path("screen");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Process onTerminal(String... arguments) throws IOException {
    ProcessBuilder builder = desk.process(arguments);
    String command =
        builder.command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "exec ", ""));
    builder.command(List.of("script", "-qefc", command, "/dev/null"));
    return builder.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
  }

  private String shown() throws IOException {
    return Files.readString(screen, UTF_8);
  }

  private static void type(Process process, String text) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(text.getBytes(UTF_8));
    keyboard.flush();
  }

  @Test
  void stoppedUpload_saysHowToGoOn() throws Exception {
    Path folder = Files.createDirectories(desk.path("films"));
    Files.write(folder.resolve("a"), new byte[3_000_000]);
    Process put = onTerminal("put", "-r", "--bwlimit=128k", folder.toString(), "/");
    stopWhenItMoves(put);
    assertThat(shown())
        .endsWith(
            "consigne: stopped; what is whole is there, and --if-exists skip goes on with the"
                + " rest\r\n");
    assertThat(desk.good("ls", "-R", "/")).isEqualTo("films/\n");
    assertThat(desk.good("put", "-r", "--if-exists=skip", folder.toString(), "/")).isEmpty();
    assertThat(desk.good("ls", "-l", "/films")).contains(" 3000000 ");
  }

  /** Put again, the folder would go into the one that the first run made. */
  @Test
  void stoppedUpload_toAFolderThatWasNotThere_isGoneOnWithBySync() throws Exception {
    Path folder = Files.createDirectories(desk.path("my films"));
    Files.write(folder.resolve("a"), new byte[3_000_000]);
    Process put = onTerminal("put", "-r", "--bwlimit=128k", folder.toString(), "/shelf");
    stopWhenItMoves(put);
    assertThat(shown())
        .endsWith(
            "; what is whole is there, and \"consigne sync '%s' :/shelf\" goes on with the rest\r\n"
                .formatted(folder));
    desk.good("sync", folder.toString(), ":/shelf");
    assertThat(desk.good("ls", "-R", "/")).isEqualTo("shelf/\nshelf/a\n");
  }

  @Test
  void stoppedDownload_toAFolderThatWasNotThere_isGoneOnWithBySync() throws Exception {
    Path folder = Files.createDirectories(desk.path("films"));
    Files.write(folder.resolve("a"), new byte[3_000_000]);
    desk.good("put", "-r", folder.toString(), "/");
    Path fresh = desk.path("fresh");
    Process get = onTerminal("get", "-r", "--bwlimit=128k", "/films", fresh.toString());
    stopWhenItMoves(get);
    assertThat(shown())
        .endsWith(
            "; what is whole is there, and \"consigne sync :/films %s\" goes on with the rest\r\n"
                .formatted(fresh));
    desk.good("sync", ":/films", fresh.toString());
    assertThat(fresh.resolve("a")).hasSize(3_000_000);
  }

  /** Sync would neither store parts nor join them. */
  @Test
  void stoppedTransfer_ofFilesInParts_isGoneOnWithByTheContents() throws Exception {
    Path folder = Files.createDirectories(desk.path("films"));
    Files.write(folder.resolve("a"), new byte[3_000_000]);
    String[] split = {"--split", "--part-size=1M"};
    Process put =
        onTerminal("put", "-r", "--bwlimit=128k", split[0], split[1], folder.toString(), "/shelf");
    stopWhenItMoves(put);
    assertThat(shown())
        .endsWith(
            "goes on with the rest, with --if-exists skip and %s/. in place of %s\r\n"
                .formatted(folder, folder));
    desk.good("put", "-r", "--if-exists=skip", split[0], split[1], folder + "/.", "/shelf");
    assertThat(desk.good("ls", "/shelf")).isEqualTo("a.split/\n");
    Path fresh = desk.path("fresh");
    Process get = onTerminal("get", "-r", "--bwlimit=128k", "/shelf", fresh.toString());
    stopWhenItMoves(get);
    assertThat(shown()).endsWith(" with --if-exists skip and /shelf/. in place of /shelf\r\n");
    desk.good("get", "-r", "--if-exists=skip", "/shelf/.", fresh.toString());
    assertThat(fresh.resolve("a")).hasSize(3_000_000);
  }

  private void stopWhenItMoves(Process process) throws Exception {
    await().atMost(Duration.ofMinutes(1)).until(() -> shown().contains(" %") || !process.isAlive());
    type(process, CTRL_C);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(shown()).isEqualTo(130);
  }

  /** Both stood in one line. */
  @Test
  void linesOfData_doNotMeetTheProgress() throws Exception {
    Path folder = Files.createDirectories(desk.path("films"));
    Files.write(folder.resolve("a"), new byte[400_000]);
    Process sync = onTerminal("sync", "--bwlimit=128k", folder.toString(), ":/films");
    assertThat(sync.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(sync.exitValue()).as(shown()).isZero();
    assertThat(shown()).contains(" %").contains("\u001b[Jmkdir .\r\nsend a\r\n");
  }

  @Test
  void skippedFiles_areCounted() throws Exception {
    String file = desk.write("a.txt", "hello").toString();
    desk.good("put", file, "/a.txt");
    Process put = onTerminal("put", "--if-exists=skip", file, "/a.txt");
    assertThat(put.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(shown()).isEqualTo("consigne: 1 file skipped, there already\r\n");
  }
}
