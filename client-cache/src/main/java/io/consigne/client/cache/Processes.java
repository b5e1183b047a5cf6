package io.consigne.client.cache;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who does what a row tells of: a process number may be that of another process by now. */
final class Processes {
  /** By how much the clock may have been set since another process was started. */
  private static final Duration SET_BY = Duration.ofMinutes(1);

  /** In the place of the number of a process: it has given up. */
  static final long NOBODY = 0;

  private Processes() {}

  /** The number of this one. */
  static long self() {
    return ProcessHandle.current().pid();
  }

  /** When this one was started, as a row has it. */
  static long selfStarted() {
    return started(ProcessHandle.current()).map(Rows::micros).orElse(0L);
  }

  /** Whether the process whose number and start are second and third in a row is still alive. */
  static boolean isAlive(ResultSet row) throws SQLException {
    long pid = row.getLong(2);
    Instant then = Rows.time(row, 3);
    return pid != NOBODY
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process ->
                started(process)
                    .map(now -> Duration.between(then, now).abs().compareTo(SET_BY) < 0)
                    .orElse(true))
            .isPresent();
  }

  private static Optional<Instant> started(ProcessHandle process) {
    return process.info().startInstant();
  }
}
