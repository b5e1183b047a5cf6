package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Of a certificate that could not be read, the log once had the path and nothing else. */
class FileFaultsTest {
  @Test
  void fault_namesTheFileAndWhatIsWrong() {
    assertThat(FileFaults.sentence(new AccessDeniedException("/a"))).isEqualTo("no permission: /a");
    assertThat(FileFaults.sentence(new NoSuchFileException("/a")))
        .isEqualTo("no such file or folder: /a");
    assertThat(FileFaults.sentence(new FileAlreadyExistsException("/a")))
        .isEqualTo("exists already: /a");
    assertThat(FileFaults.sentence(new FileSystemException("/a", null, "Input/output error")))
        .isEqualTo("/a: Input/output error");
    assertThat(FileFaults.sentence(new IOException("No private key in /a")))
        .isEqualTo("No private key in /a");
    assertThat(FileFaults.sentence(new IOException())).isEqualTo("java.io.IOException");
  }
}
