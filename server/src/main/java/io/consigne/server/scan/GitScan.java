package io.consigne.server.scan;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads every object that a git repository has, in whatever branch, stash or reflog, or left over:
 * the contents of all versions of all files, and the messages of commits and tags.
 */
public final class GitScan {
  private static final int LONGEST_HEAD = 200;

  private final Path repository;
  private final ScanReport report;

  /** Will read {@code repository} and tell {@code report}. */
  public GitScan(Path repository, ScanReport report) {
    this.repository = repository;
    this.report = report;
  }

  /**
   * Reads it all.
   *
   * @throws IOException if git cannot read the repository
   */
  public void run() throws IOException {
    var found = new LinkedHashMap<String, List<FoundKey>>();
    Process git = git("cat-file", "--batch-all-objects", "--unordered", "--batch");
    try (var objects = new BufferedInputStream(git.getInputStream(), 1 << 16)) {
      for (String head = head(objects); !head.isEmpty(); head = head(objects)) {
        object(head.split(" ", -1), objects, found);
      }
    } finally {
      end(git);
    }
    for (Map.Entry<String, List<FoundKey>> entry : found.entrySet()) {
      Place place = place(entry.getKey());
      entry.getValue().forEach(key -> report.found(place.file(), place.commit(), key));
    }
  }

  private void object(String[] head, InputStream objects, Map<String, List<FoundKey>> found)
      throws IOException {
    if (head.length != 3) {
      throw new IOException("git cannot read an object of " + repository);
    }
    var content = new Part(objects, Long.parseLong(head[2]));
    report.read(
        KeyScan.run(
            content,
            key ->
                found.computeIfAbsent(head[1] + " " + head[0], _ -> new ArrayList<>()).add(key)));
    if (objects.read() != '\n') {
      throw new EOFException("git stopped in the middle of " + head[0]);
    }
  }

  private static String head(InputStream objects) throws IOException {
    var head = new ByteArrayOutputStream();
    for (int octet = objects.read(); octet >= 0 && octet != '\n'; octet = objects.read()) {
      head.write(octet);
      if (head.size() > LONGEST_HEAD) {
        throw new IOException("git said something else than was asked");
      }
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  /** The first commit that has the object, and the file's name there; or the object itself. */
  private Place place(String typed) throws IOException {
    String object = typed.substring(typed.indexOf(' ') + 1);
    if (typed.startsWith("commit ")) {
      return new Place("commit message", object);
    }
    Process git =
        git(
            "-c",
            "log.showSignature=false",
            "log",
            "--all",
            "--reflog",
            "--reverse",
            "--diff-merges=separate",
            "--find-object=" + object,
            "--name-only",
            "--format=%H");
    try (InputStream out = git.getInputStream()) {
      List<String> lines =
          new String(out.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.size() < 2
          ? new Place("object " + object, "")
          : new Place(lines.get(1), lines.getFirst());
    } finally {
      end(git);
    }
  }

  /** No shell, no pager, no network; nothing of the user's configuration that runs programs. */
  private Process git(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git", "-C", repository.toString(), "--no-pager"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GIT_NO_LAZY_FETCH", "1");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    try {
      Process git = builder.start();
      git.getOutputStream().close();
      return git;
    } catch (IOException e) {
      throw new IOException("git is needed to read " + repository, e);
    }
  }

  private void end(Process git) throws IOException {
    try {
      if (git.waitFor() != 0) {
        throw new IOException("git cannot read " + repository);
      }
    } catch (InterruptedException e) {
      git.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private record Place(String file, String commit) {}

  /** The next bytes of a stream, which stays open. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private long left;

    Part(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(target, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException("git stopped in the middle of an object");
      }
      left -= read;
      return read;
    }
  }
}
