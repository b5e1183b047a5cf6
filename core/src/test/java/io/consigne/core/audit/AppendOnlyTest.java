package io.consigne.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No statement of this program changes the audit log, and only retention removes from it. */
class AppendOnlyTest {
  private static final Pattern TOUCHES =
      Pattern.compile("(?i)\\b(?:UPDATE|DELETE\\s+FROM|INSERT\\s+INTO|DROP\\s+TABLE)\\s+audit\\b");

  @Test
  void statements_onlyAddAndRemoveTheOld() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
      List<String> found =
          sources
              .filter(Files::isRegularFile)
              .filter(source -> !source.getFileName().toString().endsWith(".bin"))
              .flatMap(AppendOnlyTest::statements)
              .toList();
      assertThat(found)
          .containsExactlyInAnyOrder(
              "AuditLog.java: INSERT INTO audit", "Audit.java: DELETE FROM audit");
    }
  }

  private static Stream<String> statements(Path source) {
    try {
      return TOUCHES
          .matcher(Files.readString(source))
          .results()
          .map(hit -> source.getFileName() + ": " + hit.group());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
