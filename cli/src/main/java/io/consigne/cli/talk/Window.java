package io.consigne.cli.talk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * The size of a terminal.
 *
 * @param rows lines
 * @param columns of a line
 */
record Window(int rows, int columns) {
  /** What terminals had when they were machines; also for those that do not tell. */
  static final Window USUAL = new Window(24, 80);

  private static final long LINUX_ASKS = 0x5413;
  private static final long MAC_ASKS = 0x40087468;
  private static final int STRUCT_BYTES = 8;

  /** Asks the terminal of the standard error each time: it may change. */
  @SuppressWarnings("restricted") // the launcher allows it
  static Supplier<Window> ofStandardError() {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle ioctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      return () -> ask(ioctl);
    } catch (RuntimeException _) {
      return () -> USUAL;
    }
  }

  private static Window ask(MethodHandle ioctl) {
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(STRUCT_BYTES);
      int failed = (int) ioctl.invokeExact(2, mac ? MAC_ASKS : LINUX_ASKS, size);
      int rows = size.get(ValueLayout.JAVA_SHORT, 0);
      int columns = size.get(ValueLayout.JAVA_SHORT, 2);
      return failed != 0 || rows <= 0 || columns <= 0 ? USUAL : new Window(rows, columns);
    } catch (Throwable _) { // as invokeExact declares it
      return USUAL;
    }
  }
}
