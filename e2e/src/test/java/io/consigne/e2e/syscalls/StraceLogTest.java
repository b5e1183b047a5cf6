package io.consigne.e2e.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader of logs, and that a missing sync is found, on a log written by hand. */
class StraceLogTest {
  private static final String STORED = "/h/d/b/0f/0f2b";
  private static final String LOG = "/h/d/consigne.db-wal";
  private static final int LENGTH = 10;

  /** An upload of 10 bytes, and its answer, while another thread syncs another file. */
  private static final List<String> UPLOAD =
      """
      10 mkdir("/h/d", 0700) = 0
      10 openat(AT_FDCWD</>, "/h", O_RDONLY) = 3</h>
      10 fsync(3</h>) = 0
      10 mkdir("/h/d/b", 0700) = 0
      10 mkdir("/h/d/b/in", 0700) = 0
      10 openat(AT_FDCWD</>, "/h/d/consigne.db-wal", O_RDWR|O_CREAT, 0644) = 5</h/d/consigne.db-wal>
      10 fsync(4</h/d>) = 0
      10 accept4(46<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(999)}, [28], 0) = 49<TCP:[2]>
      11 openat(AT_FDCWD</>, "/h/d/b/in/0f2b", O_WRONLY|O_CREAT, 0666) = 6</h/d/b/in/0f2b>
      11 pwrite64(6</h/d/b/in/0f2b>, "\\0\\12\\377a\\"b", 6, 0) = 6
      12 fsync(7</h/d/other> <unfinished ...>
      11 pwrite64(6</h/d/b/in/0f2b>, "more", 4, 6 <unfinished ...>
      12 <... fsync resumed>) = 0
      11 <... pwrite64 resumed>) = 4
      11 fsync(6</h/d/b/in/0f2b>) = 0
      11 mkdir("/h/d/b/0f", 0777) = 0
      11 rename("/h/d/b/in/0f2b", "/h/d/b/0f/0f2b") = 0
      11 fsync(8</h/d/b/0f>) = 0
      11 fsync(8</h/d/b>) = 0
      13 pwrite64(5</h/d/consigne.db-wal>, "\\0\\0\\0\\1\\0\\0\\0\\0aaaaaaaabbbbbbbb", 24, 32) = 24
      13 pwrite64(5</h/d/consigne.db-wal>, "a page with name.bin", 20, 56) = 20
      13 pwrite64(5</h/d/consigne.db-wal>, "\\0\\0\\0\\2\\0\\0\\0\\t aaaaaaabbbbbbbb", 24, 76) = 24
      13 pwrite64(5</h/d/consigne.db-wal>, "the last page", 13, 100) = 13
      13 fdatasync(5</h/d/consigne.db-wal> <unfinished ...>
      13 <... fdatasync resumed>) = 0
      11 write(49<TCP:[127.0.0.1:80->127.0.0.1:999]>, "HTTP/1.1 302 \\r\\n", 16) = 16
      """
          .lines()
          .toList();

  @Test
  void call_hasFileTextsBytesAndResult() {
    List<SystemCall> calls = StraceLog.read(UPLOAD);

    SystemCall write = calls.get(9);
    assertThat(write.file()).isEqualTo("/h/d/b/in/0f2b");
    assertThat(write.bytes()).containsExactly(0, 10, 255, 'a', '"', 'b');
    assertThat(write.offset()).isZero();
    assertThat(write.result()).isEqualTo(6);
    assertThat(calls.get(14).texts()).containsExactly("/h/d/b/in/0f2b", STORED);
    assertThat(calls.getLast().file()).isEqualTo("TCP:[127.0.0.1:80->127.0.0.1:999]");
  }

  @Test
  void call_interrupted_spansTheLinesBetween() {
    List<SystemCall> calls = StraceLog.read(UPLOAD);

    assertThat(calls.get(10).name()).isEqualTo("fsync");
    assertThat(calls.get(10).begin()).isEqualTo(10);
    assertThat(calls.get(10).end()).isEqualTo(12);
    assertThat(calls.get(11).offset()).isEqualTo(6);
    assertThat(calls.get(11).end()).isEqualTo(13);
  }

  @Test
  void call_thatNeverEnds_hasNoEnd() {
    assertThat(StraceLog.read(List.of("7 fsync(3</h/d> <unfinished ...>")).getFirst().end())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void everythingSynced_isFaultless() {
    assertThat(faults(UPLOAD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fsync(3</h>)                      | /h was not synced after /h/d came into it
          fsync(4</h/d>)                     | /h/d was not synced after /h/d/b came into it
          fsync(6</h/d/b/in/0f2b>) | /h/d/b/0f/0f2b was not synced after its last write
          fsync(8</h/d/b/0f>) | /h/d/b/0f was not synced after /h/d/b/0f/0f2b came into it
          fsync(8</h/d/b>)               | /h/d/b was not synced after /h/d/b/0f came into it
          <... fdatasync resumed>          | /h/d/consigne.db-wal was not synced after the commit
          "more"                           | /h/d/b/0f/0f2b was not written from 0 to 10
          the last page                    | /h/d/consigne.db-wal did not get the commit
          name.bin                         | /h/d/consigne.db-wal did not get name.bin
          """)
  void missingLine_isFound(String missing, String fault) {
    assertThat(faults(UPLOAD.stream().filter(line -> !line.contains(missing)).toList()))
        .contains(fault);
  }

  @Test
  void failedSync_isNone() {
    assertThat(
            faults(
                UPLOAD.stream()
                    .map(line -> line.replace("fsync(8</h/d/b>) = 0", "fsync(8</h/d/b>) = -1"))
                    .toList()))
        .containsExactly("/h/d/b was not synced after /h/d/b/0f came into it");
  }

  @Test
  void syncThatBeganBeforeTheLastWriteWasOver_isNone() {
    var lines = new ArrayList<>(UPLOAD);
    lines.remove(14);
    lines.add(12, "14 fsync(6</h/d/b/in/0f2b>) = 0");

    assertThat(faults(lines)).containsExactly("/h/d/b/0f/0f2b was not synced after its last write");
  }

  @Test
  void syncThatWasNotOverBeforeTheAnswer_isNone() {
    var lines = new ArrayList<>(UPLOAD);
    lines.add(lines.remove(lines.size() - 2));

    assertThat(faults(lines))
        .containsExactly("/h/d/consigne.db-wal was not synced after the commit");
  }

  private static List<String> faults(List<String> lines) {
    List<SystemCall> calls = StraceLog.read(lines);
    var exchange = new Exchange(999, "HTTP/1.1 302 ");
    var durability = new Durability(calls, exchange.answer(calls));
    var faults = new ArrayList<String>();
    faults.addAll(durability.file(STORED, 0, LENGTH));
    faults.addAll(durability.transaction(LOG, "name.bin", exchange.accepted(calls)));
    return faults.stream().distinct().toList();
  }
}
