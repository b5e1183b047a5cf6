package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** Only a medium that cannot read counts as damage. */
class ReadFaultTest {
  @Test
  void mediumThatCannotRead_isDamage_atOpenAndLater() {
    for (IOException fault :
        new IOException[] {
          new IOException("Input/output error"),
          new FileSystemException("/blobs/35/3517", null, "Input/output error")
        }) {
      assertThat(ReadFault.of("3517", 65536, fault))
          .hasCause(fault)
          .isInstanceOfSatisfying(
              FailureException.class,
              e ->
                  assertThat(e.failure())
                      .isEqualTo(new Failure.Rotten("3517 at 65536: the disk cannot read it")));
    }
  }

  @Test
  void systemThatDoesNotLetUsLook_isNoDamage() {
    for (IOException fault :
        new IOException[] {
          new FileSystemException("/blobs/35/3517", null, "Too many open files"),
          new FileSystemException("/blobs/35/3517", null, "Too many open files in system"),
          new AccessDeniedException("/blobs/35/3517"),
          new ClosedByInterruptException(),
          new IOException("Cannot allocate memory")
        }) {
      assertThat(ReadFault.of("3517", 65536, fault))
          .isInstanceOf(UncheckedIOException.class)
          .hasCause(fault);
    }
  }
}
