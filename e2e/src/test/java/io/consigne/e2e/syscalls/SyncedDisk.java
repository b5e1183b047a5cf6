package io.consigne.e2e.syscalls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory after the same system calls, as it is when all is lost that was not synced: bytes of
 * files without a sync of the file, and names without a sync of their directory.
 */
final class SyncedDisk {
  private final String root;
  private final Directory top = new Directory();

  /** Begins with the empty directory {@code root}, which lasts. */
  SyncedDisk(Path root) {
    this.root = root.toString();
  }

  private sealed interface Node {
    /** Takes what a sync that begins now will have made durable when it ends. */
    Runnable sync();
  }

  private static final class File implements Node {
    private byte[] now = new byte[0];
    private int size;
    private byte[] durable = now;

    @Override
    public Runnable sync() {
      byte[] seen = Arrays.copyOf(now, size);
      return () -> durable = seen;
    }

    void write(byte[] bytes, int offset) {
      int end = offset + bytes.length;
      if (end > now.length) {
        now = Arrays.copyOf(now, Math.max(end, 2 * now.length));
      }
      System.arraycopy(bytes, 0, now, offset, bytes.length);
      size = Math.max(size, end);
    }

    void resize(int newSize) {
      now = Arrays.copyOf(Arrays.copyOf(now, Math.min(size, newSize)), newSize);
      size = newSize;
    }
  }

  private static final class Directory implements Node {
    private final Map<String, Node> now = new HashMap<>();
    private Map<String, Node> durable = Map.of();

    @Override
    public Runnable sync() {
      Map<String, Node> seen = Map.copyOf(now);
      return () -> durable = seen;
    }
  }

  /** Carries out a call that is no sync. */
  void apply(SystemCall call) {
    if (call.result() < 0) {
      return;
    }
    switch (call.name()) {
      case "mkdir" -> put(call.texts().getFirst(), new Directory());
      case "openat" -> open(call);
      case "rename" -> rename(call.texts().get(0), call.texts().get(1));
      case "link" -> link(call.texts().get(0), call.texts().get(1));
      case "unlink", "rmdir" -> remove(call.texts().getFirst());
      case "ftruncate" -> {
        if (find(call.file()) instanceof File file) {
          file.resize((int) call.offset());
        }
      }
      default -> write(call);
    }
  }

  /** What a sync that begins now does when it ends. */
  Runnable sync(SystemCall call) {
    Node node = find(call.file());
    return node == null ? () -> {} : node.sync();
  }

  private void open(SystemCall call) {
    String path = call.texts().getFirst();
    if (call.arguments().contains("O_CREAT") && find(path) == null) {
      put(path, new File());
    }
    if (call.arguments().contains("O_TRUNC") && find(path) instanceof File file) {
      file.resize(0);
    }
  }

  private void write(SystemCall call) {
    if (!call.isWrite() || !(find(call.file()) instanceof File file)) {
      return;
    }
    switch (call.name()) {
      case "pwrite64" -> file.write(call.bytes(), (int) call.offset());
      case "write" -> file.write(call.bytes(), file.size);
      default -> throw new IllegalStateException("not understood: " + call);
    }
  }

  private void rename(String from, String to) {
    Node node = find(from);
    if (node != null) {
      remove(from);
      put(to, node);
    }
  }

  private void link(String from, String to) {
    Node node = find(from);
    if (node != null) {
      put(to, node);
    }
  }

  private void put(String path, Node node) {
    int slash = path.lastIndexOf('/');
    if (find(path.substring(0, Math.max(slash, 0))) instanceof Directory parent) {
      parent.now.put(path.substring(slash + 1), node);
    }
  }

  private void remove(String path) {
    int slash = path.lastIndexOf('/');
    if (find(path.substring(0, Math.max(slash, 0))) instanceof Directory parent) {
      parent.now.remove(path.substring(slash + 1));
    }
  }

  /** What stands at {@code path} now; null if it is not below the root, or not there. */
  private @Nullable Node find(String path) {
    if (path.equals(root)) {
      return top;
    }
    if (!path.startsWith(root + "/")) {
      return null;
    }
    Node node = top;
    for (String name : path.substring(root.length() + 1).split("/", -1)) {
      node = node instanceof Directory directory ? directory.now.get(name) : null;
    }
    return node;
  }

  /** The files that a power cut leaves now, by their paths below the root. */
  Map<String, byte[]> files() {
    var files = new TreeMap<String, byte[]>();
    collect(top, "", files);
    return files;
  }

  private static void collect(Directory directory, String path, Map<String, byte[]> files) {
    directory.durable.forEach((name, node) -> {
      switch (node) {
        case File file -> files.put(path + name, file.durable);
        case Directory below -> collect(below, path + name + "/", files);
      }
    });
  }

  /** Writes files into a directory. */
  static void write(Map<String, byte[]> files, Path directory) {
    files.forEach((name, bytes) -> {
      Path file = directory.resolve(name);
      try {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
