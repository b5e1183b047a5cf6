package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.sync.Filter.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  @ParameterizedTest
  @CsvSource({
    "*.txt, a.txt, true",
    "*.txt, deep/a.txt, true",
    "*.txt, a.txt.old, false",
    "/*.txt, a.txt, true",
    "/*.txt, deep/a.txt, false",
    "deep/*.txt, deep/a.txt, true",
    "deep/*.txt, very/deep/a.txt, true",
    "deep/*.txt, deep/er/a.txt, false",
    "deep/**.txt, deep/er/a.txt, true",
    "cache/, cache/a, true",
    "cache/, deep/cache/b/a, true",
    "cache/, mycache/a, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "'*.{jpg,png}', a.png, true",
    "'*.{jpg,png}', a.gif, false",
    "[a-c].txt, b.txt, true",
    "[!a-c].txt, b.txt, false",
    "[!a-c].txt, d.txt, true",
    "[!a-c].txt, !.txt, true",
    "[^a-c].txt, b.txt, false",
    "[^a-c].txt, d.txt, true",
    "a[!b]c, a/c, false",
    "a[b-]c, a-c, true",
    "a[a&&b]c, a&c, true",
    "a[[]c, a[c, true",
    "a[x^]c, a^c, true",
    "a\\*c, a*c, true",
    "a\\*c, abc, false",
    "a.txt, axtxt, false",
    "a(1)+.txt, a(1)+.txt, true"
  })
  void glob(String glob, String path, boolean fits) {
    assertThat(Globs.pattern(glob).matcher(path).matches()).isEqualTo(fits);
  }

  @Test
  void firstRuleThatFits_decides(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("rules"), "# what to keep\n+ /keep/**\n\n- *.log\n+ *.txt\n- **\n");
    var filter = new Filter(Filter.read(file), Filter.Sizes.ANY, Filter.Times.ANY);
    assertThat(filter.takes("keep/a.log", 1, null)).isTrue();
    assertThat(filter.takes("b.log", 1, null)).isFalse();
    assertThat(filter.takes("b.txt", 1, null)).isTrue();
    assertThat(filter.takes("b.jpg", 1, null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "- shut/, true",
    "- /deep/, false",
    "- shut/**, true",
    "- **, true",
    "- shut, false",
    "- shut/*, false",
    "- shut/*/**, false",
    "- shut/**.txt, false",
    "- *.txt, false",
    "+ shut/a;- shut/, false",
    "+ a;- shut/, false",
    "+ /other/**;- **, true",
    "- shut/;+ shut/a, true",
    "+ **, false"
  })
  void folder_isLeftIfAllBelowIs(String rules, boolean left) {
    List<Rule> parsed =
        Stream.of(rules.split(";", -1))
            .map(rule ->
                rule.startsWith("+")
                    ? Rule.include(rule.substring(2))
                    : Rule.exclude(rule.substring(2)))
            .toList();
    var filter = new Filter(parsed, Filter.Sizes.ANY, Filter.Times.ANY);
    assertThat(filter.leavesAllBelow("deeper/shut")).isEqualTo(left);
    assertThat(Filter.ALL.leavesAllBelow("shut")).isFalse();
  }

  @Test
  void wrongLine_isNamed(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("rules"), "*.log\n");
    assertThatThrownBy(() -> Filter.read(file))
        .hasMessage("a line of %s must begin with \"+ \" or \"- \": *.log".formatted(file));
  }

  @Test
  void fileOfWhateverEditor_isRead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("marked"), "\ufeff- *.log\r\n+ *\r\n");
    assertThat(Filter.read(file)).extracting(Rule::takes).containsExactly(false, true);
    Path latin = Files.write(directory.resolve("latin"), new byte[] {'-', ' ', (byte) 0xe9});
    assertThatThrownBy(() -> Filter.read(latin)).hasMessage("is no text in UTF-8: " + latin);
  }

  @Test
  void sizesAndTimes_includeTheirEnds() {
    Instant first = Instant.parse("2026-01-01T00:00:00Z");
    var filter =
        new Filter(
            List.of(Rule.include("*")),
            new Filter.Sizes(10, 20),
            new Filter.Times(first, first.plusSeconds(10)));
    assertThat(filter.takes("a", 10, first)).isTrue();
    assertThat(filter.takes("a", 20, first.plusSeconds(10))).isTrue();
    assertThat(filter.takes("a", 9, first)).isFalse();
    assertThat(filter.takes("a", 21, first)).isFalse();
    assertThat(filter.takes("a", 15, first.minusSeconds(1))).isFalse();
    assertThat(filter.takes("a", 15, first.plusSeconds(11))).isFalse();
    assertThat(filter.takes("a", 15, null)).isTrue();
  }
}
