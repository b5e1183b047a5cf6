package io.consigne.server.commands;

import java.io.Console;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person at the terminal, if there is one. */
final class Terminal {
  private static final long WINDOW_SIZE = 0x5413; // TIOCGWINSZ of Linux, where hosts run
  private static final int STANDARD_OUTPUT = 1;

  private Terminal() {}

  /** How many columns the standard output has; 0 if it is no terminal, or does not tell. */
  @SuppressWarnings("restricted") // the launcher allows it
  static int columns() {
    try (Arena arena = Arena.ofConfined()) {
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
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      int failed = (int) ioctl.invokeExact(STANDARD_OUTPUT, WINDOW_SIZE, size);
      return failed != 0 ? 0 : size.getAtIndex(ValueLayout.JAVA_SHORT, 1);
    } catch (Throwable _) { // as invokeExact declares it
      return 0;
    }
  }

  @SuppressWarnings(
      "SystemConsoleNull") // NullAway holds it for nullable, as the JDK's Javadoc does
  static Optional<Console> person() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
  }

  /** Whether a line agrees to what was asked; null stands for the end of the input. */
  static boolean isYes(@Nullable String line) {
    String answer = line == null ? "" : line.strip();
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }
}
