package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That docs/disk-format.md tells of each table. */
final class DiskFormatTest {
  private static final Pattern MADE = Pattern.compile("(?i)CREATE TABLE (\\w+)");
  private static final Pattern RENAMED = Pattern.compile("(?i)ALTER TABLE (\\w+) RENAME TO (\\w+)");

  @Test
  void eachTable_isDocumented() throws IOException {
    Set<String> tables = new TreeSet<>();
    Set<String> interim = new TreeSet<>();
    Path resources = Path.of("src/main/resources/io/consigne/core/db");
    try (Stream<Path> found = Files.walk(resources)) {
      for (Path file : found.filter(path -> path.toString().endsWith(".sql")).toList()) {
        String sql = Files.readString(file);
        MADE.matcher(sql).results().forEach(made -> tables.add(made.group(1)));
        RENAMED.matcher(sql).results().forEach(renamed -> interim.add(renamed.group(1)));
      }
    }
    tables.removeAll(interim);
    String page = Files.readString(Path.of("../docs/disk-format.md"));
    assertThat(tables)
        .contains("audit", "files", "transferred", "upload_items")
        .allSatisfy(table -> assertThat(page).containsPattern("(?m)^\\|[^|]*`" + table + "`"));
  }
}
