package io.consigne.e2e.syscalls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether what an answer rests on was durable when the answer began: each write was over before a
 * sync of the same file began, and that was over before the answer began. Says what was not, a line
 * each.
 */
final class Durability {
  private static final int FRAME_HEAD_BYTES = 24;
  private static final int COMMIT_SIZE_AT = 4;

  private final List<SystemCall> calls;
  private final Births births;
  private final SystemCall answer;

  /** Asks what was durable when {@code answer} began. */
  Durability(List<SystemCall> calls, SystemCall answer) {
    this.calls = calls;
    this.births = new Births(calls);
    this.answer = answer;
  }

  /** The bytes {@code from} to {@code to} of a file, and its names up to the root. */
  List<String> file(String path, long from, long to) {
    Set<String> names = births.names(path);
    List<SystemCall> writes =
        before(answer)
            .filter(call -> call.isWrite() && names.contains(call.file()))
            .filter(call -> overlaps(call, from, to))
            .toList();
    var faults = new ArrayList<String>();
    if (written(writes, from, to) < to - from) {
      faults.add(path + " was not written from " + from + " to " + to);
    }
    if (writes.stream().anyMatch(write -> !isSyncedAfter(write, names))) {
      faults.add(path + " was not synced after its last write");
    }
    faults.addAll(entry(path));
    return faults;
  }

  /** The name of a file or directory in its directory, and so on up to the root. */
  List<String> entry(String path) {
    var faults = new ArrayList<String>();
    for (String at = path; at.lastIndexOf('/') > 0; at = parent(at)) {
      Optional<SystemCall> birth = births.before(at, answer);
      if (birth.isPresent() && !isSyncedAfter(birth.get(), Set.of(parent(at)))) {
        faults.add(parent(at) + " was not synced after " + at + " came into it");
      }
    }
    return faults;
  }

  /**
   * The transaction that brought {@code text} into the write-ahead log {@code path} after {@code
   * asked}.
   */
  List<String> transaction(String path, String text, SystemCall asked) {
    List<SystemCall> log =
        before(answer)
            .filter(call -> call.begin() > asked.end())
            .filter(call -> call.isWrite() && call.file().equals(path))
            .toList();
    for (int i = 1; i < log.size(); i++) {
      if (isFrameHead(log.get(i - 1)) && contains(log.get(i), text)) {
        return commit(path, log.subList(i - 1, log.size()));
      }
    }
    return List.of(path + " did not get " + text);
  }

  /** From the first frame on that has the text: up to the frame that commits. */
  private List<String> commit(String path, List<SystemCall> log) {
    for (int i = 0; i + 1 < log.size(); i++) {
      if (isFrameHead(log.get(i)) && commits(log.get(i))) {
        var faults = new ArrayList<>(entry(path));
        if (!isSyncedAfter(log.get(i + 1), Set.of(path))) {
          faults.add(path + " was not synced after the commit");
        }
        return faults;
      }
    }
    return List.of(path + " did not get the commit");
  }

  private static boolean isFrameHead(SystemCall write) {
    return write.result() == FRAME_HEAD_BYTES;
  }

  private static boolean commits(SystemCall frameHead) {
    return ByteBuffer.wrap(frameHead.bytes()).getInt(COMMIT_SIZE_AT) != 0;
  }

  private static boolean contains(SystemCall write, String text) {
    return new String(write.bytes(), StandardCharsets.ISO_8859_1).contains(text);
  }

  private boolean isSyncedAfter(SystemCall change, Set<String> names) {
    return before(answer)
        .anyMatch(
            call -> call.isSync() && names.contains(call.file()) && call.begin() > change.end());
  }

  /** Calls that were over before {@code moment} began. */
  private Stream<SystemCall> before(SystemCall moment) {
    return calls.stream().filter(call -> call.end() < moment.begin());
  }

  private static boolean overlaps(SystemCall write, long from, long to) {
    return !isAtPosition(write) || (write.offset() < to && write.offset() + write.result() > from);
  }

  /** How many bytes between {@code from} and {@code to} were written. */
  private static long written(List<SystemCall> writes, long from, long to) {
    var bytes = new BitSet();
    long appended = 0;
    for (SystemCall write : writes) {
      if (isAtPosition(write)) {
        long first = Math.max(from, write.offset());
        long last = Math.min(to, write.offset() + write.result());
        bytes.set((int) (first - from), (int) (last - from));
      } else {
        appended += write.result();
      }
    }
    return bytes.cardinality() + appended;
  }

  private static boolean isAtPosition(SystemCall write) {
    return write.name().equals("pwrite64");
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
