package io.consigne.e2e.syscalls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When files and directories got their names. */
final class Births {
  private final Map<String, List<SystemCall>> byPath = new HashMap<>();
  private final Map<String, String> earlierNames = new HashMap<>();
  private final Set<String> existing = new HashSet<>();

  /** Reads them from calls that begin before anything that is asked for was there. */
  Births(List<SystemCall> calls) {
    for (SystemCall call : calls) {
      if (call.result() >= 0) {
        add(call);
      }
    }
  }

  private void add(SystemCall call) {
    switch (call.name()) {
      case "mkdir", "mkdirat" -> born(call.texts().getFirst(), call);
      case "openat" -> {
        if (call.arguments().contains("O_CREAT")) {
          born(call.texts().getFirst(), call);
        }
      }
      case "rename", "renameat", "renameat2" -> {
        String from = call.texts().get(0);
        String to = call.texts().get(1);
        existing.remove(from);
        existing.remove(to);
        earlierNames.put(to, from);
        born(to, call);
      }
      case "unlink", "unlinkat", "rmdir" -> existing.remove(call.texts().getFirst());
      default -> {}
    }
  }

  private void born(String path, SystemCall call) {
    if (existing.add(path)) {
      byPath.computeIfAbsent(path, key -> new ArrayList<>()).add(call);
    }
  }

  /** The call that gave {@code path} to what has it when {@code moment} begins. */
  Optional<SystemCall> before(String path, SystemCall moment) {
    return byPath.getOrDefault(path, List.of()).stream()
        .filter(call -> call.begin() < moment.begin())
        .reduce((earlier, later) -> later);
  }

  /** The names that a file has had. */
  Set<String> names(String path) {
    var names = new HashSet<String>();
    for (String name = path; name != null; name = earlierNames.get(name)) {
      names.add(name);
    }
    return names;
  }
}
