package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of share that were passed over in silence. */
final class MisshareTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--below --with=a@example.org | --below is of an address for anyone, and does not go with"
            + " --with",
        "--below --end | --below is of an address for anyone, and does not go with --end",
        "--ask-password --end | --ask-password is of an address for anyone, and does not go with"
            + " --end",
        "--end --with=a@example.org | --end ends all sharing, and does not go with --with",
        "--write | --write is of accounts, which --with names",
      })
  void optionsThatDoNotGoTogether_areRefused(String options, String sentence) {
    String[] words = ("share /x " + options).split(" ");
    Run run = Run.of(words);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("consigne: " + sentence);
  }
}
