package io.consigne.core.jobs;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
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
 */
public final class LowPriority {
  private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final int LOW = 15;
  private static final int YIELDING = 10;

  private LowPriority() {}

  /** The same work, for a platform thread that does nothing else afterwards. */
  public static Runnable of(Runnable work) {
    return lowered(work, LOW);
  }

  /** The same for work that goes before that in the background, but not before requests. */
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
      int answer = (int) setpriority().invokeExact(PRIO_PROCESS, CALLING_THREAD, nice);
      LOG.debug("setpriority answered {}", answer);
    } catch (Throwable e) {
      LOG.debug("the thread keeps its priority", e);
    }
  }

  @SuppressWarnings("restricted") // the call takes three numbers and keeps no pointer
  private static MethodHandle setpriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
  }
}
