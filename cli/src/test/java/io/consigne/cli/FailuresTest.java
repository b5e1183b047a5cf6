package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Sentences;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FailuresTest {

  @Test
  void expectedFailure_isItsSentence() {
    assertThat(Run.of("sample", "--failure=expected"))
        .isEqualTo(new Run(1, "", "consigne: the locker 7 is full\n"));
  }

  /** Their exit codes mean what their own help says, and the client's hints are not for them. */
  @Test
  void commandOfAHost_thatFails_endsWithOne() {
    assertThat(Run.of("sample", "--failure=missing"))
        .isEqualTo(new Run(1, "", "consigne: no such file or folder: /a\n"));
    assertThat(Run.of("sample", "--failure=unreachable"))
        .isEqualTo(new Run(1, "", "consigne: the host cannot be reached\n"));
  }

  /** Its stdout has findings and the report; the client's envelope was neither. */
  @Test
  void commandThatPrintsLines_andFails_printsNoEnvelope() {
    assertThat(Run.of("sample", "--failure=missing", "--json"))
        .isEqualTo(new Run(1, "", "consigne: no such file or folder: /a\n"));
    assertThat(Run.of("sample", "--json", "--nonsense").out()).isEmpty();
  }

  @Test
  void mistakeInTheProgram_tellsHowToSeeMore() {
    assertThat(Run.of("sample", "--failure=other"))
        .isEqualTo(
            new Run(
                1,
                "",
                "consigne: unexpected error, CONSIGNE_DEBUG=1 shows where:"
                    + " java.lang.IllegalStateException: broken inside\n"));
  }

  @Test
  void failuresOfFiles_nameTheFile() {
    assertThat(Sentences.of(new NoSuchFileException("/a"))).isEqualTo("no such file or folder: /a");
    assertThat(Sentences.of(new AccessDeniedException("/a"))).isEqualTo("no permission: /a");
    assertThat(Sentences.of(new FileAlreadyExistsException("/a"))).isEqualTo("exists already: /a");
    assertThat(Sentences.of(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("/a: No space left on device");
  }

  /** Of java.io: whatever kept it from being opened. */
  @Test
  void fileThatWasNotOpened_isNotOneThatIsMissing() {
    assertThat(Exit.of(new FileNotFoundException("/a (Permission denied)"))).isEqualTo(Exit.FAILED);
    assertThat(Exit.of(new NoSuchFileException("/a"))).isEqualTo(Exit.NOT_FOUND);
  }

  /** Whatever was refused, "doctor" was said to look at the key. */
  @Test
  void nextStep_isAboutTheKeyOnlyWhereTheRefusalIs() {
    String look = "\"consigne doctor\" looks at key and account";
    assertThat(next(new Refusal.Denied(said("this key has no right to write #631"))))
        .isEqualTo(look);
    assertThat(next(new Refusal.PlanNeeded(said("Must be a customer #236")))).isEqualTo(look);
    assertThat(next(new Refusal.Denied(said("this folder is shared for reading only #631"))))
        .isEmpty();
    assertThat(next(new Refusal.PasswordNeeded(said("Invalid password #631"))))
        .isEqualTo("--password-file names a file with the password");
  }

  private static Refusal.Said said(String text) {
    return new Refusal.Said(403, text);
  }

  private static String next(Refusal refusal) {
    return Exit.next(new RefusedException(refusal));
  }

  @Test
  void failuresOfTheNetwork_nameTheHost() {
    assertThat(Sentences.of(new UnknownHostException("files.example.org")))
        .isEqualTo("unknown host: files.example.org");
  }

  @Test
  void wrappedFailure_isUnwrapped() {
    assertThat(Sentences.of(new UncheckedIOException(new NoSuchFileException("/a"))))
        .isEqualTo("no such file or folder: /a");
  }

  @Test
  void failureWithoutMessage_isAtLeastNamed() {
    assertThat(Sentences.of(new IOException())).isEqualTo("java.io.IOException");
  }
}
