package io.consigne.e2e.syscalls;

import io.consigne.e2e.HostDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks after each power cut whether everything is left that was promised until then. */
final class WhatIsLeft {
  private static final String DATABASE = "data/consigne.db";

  private final Recording recording;
  private final Map<Promise, Integer> places = new LinkedHashMap<>();
  private final Map<Promise, byte[]> contents = new HashMap<>();
  private final Path scratch;
  private final List<String> faults = new ArrayList<>();
  private Map<String, byte[]> atLastAnswer = Map.of();
  private int looks;
  private int kept;

  /** Looks at databases in the directory {@code scratch}. */
  WhatIsLeft(Recording recording, Path scratch) {
    this.recording = recording;
    this.scratch = scratch;
    for (Recording.Answered answered : recording.answered()) {
      places.put(answered.promise(), answered.exchange().answer(recording.calls()).begin());
      if (answered.promise() instanceof Promise.Kept kept) {
        contents.put(kept, kept.content().drawn());
      }
    }
  }

  /** When each answer begins, and after each sync from the first answer on. */
  List<PowerCut.Cut> cuts() {
    int first = Collections.min(places.values());
    Stream<Integer> afterSyncs =
        recording.calls().stream()
            .filter(call -> call.isSync() && call.end() > first)
            .map(call -> call.end() + 1);
    return Stream.concat(places.values().stream(), afterSyncs)
        .sorted()
        .distinct()
        .map(this::cut)
        .toList();
  }

  /** When the last answer begins. */
  PowerCut.Cut lastAnswer() {
    return cut(Collections.max(places.values()));
  }

  private PowerCut.Cut cut(int place) {
    return new PowerCut.Cut(place, disk -> look(place, disk.files()));
  }

  private void look(int place, Map<String, byte[]> files) {
    looks++;
    if (place == Collections.max(places.values())) {
      atLastAnswer = files;
    }
    try (HostDatabase database = opened(files)) {
      places.forEach((promise, answered) -> {
        if (answered <= place && holds(database, files, promise)) {
          kept++;
        } else if (answered <= place) {
          faults.add("line " + place + ": not kept: " + promise);
        }
      });
    } catch (IllegalStateException e) {
      faults.add("line " + place + ": " + e);
    }
  }

  private HostDatabase opened(Map<String, byte[]> files) {
    Path file = scratch.resolve("look.db");
    try {
      for (String part : List.of("", "-wal", "-shm")) {
        Path to = Path.of(file + part);
        Files.deleteIfExists(to);
        if (files.containsKey(DATABASE + part)) {
          Files.write(to, files.get(DATABASE + part));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HostDatabase(file);
  }

  private boolean holds(HostDatabase database, Map<String, byte[]> files, Promise promise) {
    return switch (promise) {
      case Promise.Kept kept ->
          Arrays.equals(bytes(database, files, kept.name()), contents.get(kept));
      case Promise.Gone gone -> database.runs(gone.name()).isEmpty();
      case Promise.Folder folder -> database.hasFolder(folder.name());
      case Promise.Changed changed -> !database.texts(changed.statement()).isEmpty();
      case Promise.Chosen chosen -> database.settings("admin").contains(chosen.text());
    };
  }

  private static byte[] bytes(HostDatabase database, Map<String, byte[]> files, String name) {
    var bytes = new ByteArrayOutputStream();
    for (HostDatabase.Run each : database.runs(name)) {
      String path = "data/blobs/" + each.storeFile().substring(0, 2) + "/" + each.storeFile();
      byte[] file = files.getOrDefault(path, new byte[0]);
      int to = (int) Math.min(file.length, each.offset() + each.length());
      bytes.writeBytes(Arrays.copyOfRange(file, (int) Math.min(to, each.offset()), to));
    }
    return bytes.toByteArray();
  }

  /** What was not left, a line each. */
  List<String> faults() {
    return faults;
  }

  /** What was left when the last answer began, by paths below the home of the host. */
  Map<String, byte[]> atLastAnswer() {
    return atLastAnswer;
  }

  @Override
  public String toString() {
    return looks + " moments, at which " + kept + " promises had been made and were kept";
  }
}
