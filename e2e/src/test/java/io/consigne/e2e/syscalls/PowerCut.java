package io.consigne.e2e.syscalls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Goes through recorded calls, and cuts the power at chosen moments. */
final class PowerCut {
  private final List<Event> events = new ArrayList<>();

  private PowerCut() {}

  /**
   * Carries out the calls on {@code disk}.
   *
   * @param cuts what happens at which places of the log, before what stands there
   */
  static void replay(List<SystemCall> calls, SyncedDisk disk, List<Cut> cuts) {
    var replay = new PowerCut();
    for (SystemCall call : calls) {
      if (call.isSync()) {
        replay.addSync(call, disk);
      } else if (call.end() != Integer.MAX_VALUE) {
        replay.events.add(new Event(call.end(), 1, () -> disk.apply(call)));
      }
    }
    for (Cut cut : cuts) {
      replay.events.add(new Event(cut.place(), 0, () -> cut.happens().accept(disk)));
    }
    replay.events.sort(Comparator.comparingInt(Event::place).thenComparingInt(Event::order));
    replay.events.forEach(event -> event.step().run());
  }

  /** What a sync makes durable was written when it began, and is durable when it has ended. */
  private void addSync(SystemCall call, SyncedDisk disk) {
    var ends = new ArrayList<Runnable>();
    events.add(new Event(call.begin(), 1, () -> ends.add(disk.sync(call))));
    events.add(new Event(call.end(), 2, () -> ends.forEach(Runnable::run)));
  }

  /**
   * The power goes.
   *
   * @param place in the log
   * @param happens looks at what is left
   */
  record Cut(int place, Consumer<SyncedDisk> happens) {}

  private record Event(int place, int order, Runnable step) {}
}
