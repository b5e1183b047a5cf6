package io.consigne.core.jobs;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes work in the background yield the processor to everything else.
 *
 * <p>The priorities of Java's threads have no effect on Linux. There, each thread has a nice value
 * of its own, which everybody may raise: {@code setpriority(2)}, in which who 0 is the calling
 * thread. The value is one with which work still gets on, slowly, when others never rest.
 *
 * <p>A nice value alone lets a thread that becomes runnable wait until the slice of the one that
 * runs is over. From Linux 6.12 on each thread may ask for a slice of its own, {@code
 * sched_setattr(2)}, and one with a shorter slice need not wait. So this work asks for the longest:
 * it gets as much of the processor as before, but whoever answers requests interrupts it.
 */
public final class LowPriority {
  private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final int LOW = 15;
  private static final int YIELDING = 10;

  /** The longest that the system grants. */
  private static final long SLICE_NANOS = 100_000_000;

  /** {@code struct sched_attr} of {@code sched_setattr(2)}, in its first version. */
  private static final MemoryLayout ATTRIBUTES =
      MemoryLayout.structLayout(
          INT.withName("size"),
          INT.withName("sched_policy"),
          LONG.withName("sched_flags"),
          INT.withName("sched_nice"),
          INT.withName("sched_priority"),
          LONG.withName("sched_runtime"),
          LONG.withName("sched_deadline"),
          LONG.withName("sched_period"));

  private LowPriority() {}

  /** Has {@code work} run at low priority, on a platform thread that does nothing else after it. */
  public static Runnable of(Runnable work) {
    return lowered(work, LOW);
  }

  /** As {@link #of}, for work that goes before that in the background, but not before requests. */
  public static Runnable yielding(Runnable work) {
    return lowered(work, YIELDING);
  }

  private static Runnable lowered(Runnable work, int nice) {
    return () -> {
      lower(nice);
      work.run();
    };
  }

  /** Does nothing where there is no such call: then the work is merely not as polite. */
  private static void lower(int nice) {
    try {
      MethodHandle setpriority = function("setpriority", INT, INT, INT, INT);
      int answer = (int) setpriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, nice);
      LOG.debug("setpriority answered {}", answer);
      lengthenSlice(nice);
    } catch (Throwable e) {
      LOG.debug("the thread keeps its priority", e);
    }
  }

  private static void lengthenSlice(int nice) throws Throwable {
    long number = setattrNumber();
    if (number == 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES);
      attributes.set(INT, at("size"), (int) ATTRIBUTES.byteSize());
      attributes.set(INT, at("sched_nice"), nice);
      attributes.set(LONG, at("sched_runtime"), SLICE_NANOS);
      MethodHandle syscall = function("syscall", LONG, LONG, INT, ValueLayout.ADDRESS, INT);
      long answer = (long) syscall.invokeExact(number, CALLING_THREAD, attributes, 0);
      LOG.debug("sched_setattr answered {}", answer);
    }
  }

  private static long at(String field) {
    return ATTRIBUTES.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }

  /** The number of {@code sched_setattr}, for which older C libraries have no function; or 0. */
  private static long setattrNumber() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> 314;
      case "aarch64", "riscv64" -> 274;
      default -> 0;
    };
  }

  @SuppressWarnings("restricted") // none of them keeps a pointer that it is given
  private static MethodHandle function(
      String name, MemoryLayout answer, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(answer, arguments));
  }
}
