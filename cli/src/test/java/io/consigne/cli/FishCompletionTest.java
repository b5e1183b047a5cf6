package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that completes, in a real fish. */
@SuppressWarnings("NullAway.Init") // set before each test
final class FishCompletionTest {
  @TempDir private Path folder;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    script = Files.writeString(folder.resolve("consigne.fish"), Run.of("completion", "fish").out());
  }

  private List<String> fish(String... arguments) throws IOException {
    var fish = new ProcessBuilder("fish", "--no-config");
    fish.command().addAll(List.of(arguments));
    fish.environment().put("HOME", folder.toString());
    fish.environment().put("XDG_DATA_HOME", folder.toString());
    Process started = fish.directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(started.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }

  /** What is offered for the end of a line, each with what it is for behind a tab. */
  private List<String> offered(String line) throws IOException {
    return fish("-c", "source %s; complete -C '%s'".formatted(script, line));
  }

  private List<String> words(String line) throws IOException {
    return offered(line).stream().map(offer -> offer.replaceFirst("\t.*", "")).toList();
  }

  @Test
  void script_isOneOfFish() throws IOException {
    assertThat(fish("--no-execute", script.toString())).isEmpty();
    assertThat(fish("-c", "source " + script)).isEmpty();
  }

  @Test
  void command_isCompleted() throws IOException {
    assertThat(offered("consigne l"))
        .contains("ls\tList a folder, a file, or a public folder by its address.")
        .allMatch(line -> line.startsWith("l"));
    assertThat(offered("consigne ded")).singleElement().asString().startsWith("dedupe\t");
    assertThat(offered("consigne ")).noneMatch(line -> line.startsWith("consigne.fish"));
  }

  @Test
  void option_isCompletedWithWhatItIsFor() throws IOException {
    assertThat(offered("consigne put -"))
        .contains("--if-exists\tWhat to do with files whose name is taken. Default: fail")
        .noneMatch(line -> line.startsWith("--password-file"));
    assertThat(offered("consigne put ls --js")).hasSize(1);
    assertThat(words("consigne put --if-exists "))
        .containsExactlyInAnyOrder("skip", "replace", "rename", "fail");
    assertThat(words("consigne put --if-exists=r"))
        .containsExactlyInAnyOrder("--if-exists=replace", "--if-exists=rename");
  }

  @Test
  void commandOfAGroup_isCompleted() throws IOException {
    assertThat(offered("consigne remote ad")).singleElement().asString().startsWith("add\t");
    assertThat(offered("consigne remote add --fol")).hasSize(1);
    assertThat(offered("consigne ls ad")).isEmpty();
    assertThat(offered("consigne completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
  }

  /** The seq of the BSDs and of macOS counts down to 0. */
  @Test
  void option_isCompletedWithTheSeqOfBsd() throws IOException {
    String seq =
        "function seq; test \"$argv\" = 0; and printf '1\\n0\\n'; or command seq $argv; end";
    assertThat(fish("-c", seq + "; seq 0")).containsExactly("1", "0");
    String line = "%s; source %s; complete -C 'consigne --vers'".formatted(seq, script);
    assertThat(fish("-c", line)).isNotEmpty().allMatch(offer -> offer.startsWith("--version"));
    assertThat(fish("-c", line.replace("--vers", "put --js"))).hasSize(1);
  }

  @Test
  void profile_isCompleted_alsoWhereAPathBegins() throws IOException {
    Path profiles = folder.resolve(".config/consigne/profiles");
    Files.createDirectories(profiles.getParent());
    Files.writeString(
        profiles, "home\thttps://a.example.org\tfile\nwork\thttps://b.example.org\tfile\n");
    assertThat(words("consigne ls --profile ")).containsExactlyInAnyOrder("home", "work");
    assertThat(words("consigne logout ")).containsExactlyInAnyOrder("home", "work");
    assertThat(words("consigne ls ")).containsExactlyInAnyOrder("home:/", "work:/");
    assertThat(words("consigne ls -l ho")).containsExactly("home:/");
    assertThat(words("consigne put a ")).contains("home:/", "consigne.fish");
    assertThat(words("consigne webhook remove ho")).isEmpty();
  }

  /** What is on the host is not here. */
  @Test
  void file_isNotOfferedWhereAPathOfTheHostIsMeant() throws IOException {
    assertThat(words("consigne rm cons")).isEmpty();
    assertThat(words("consigne get x cons")).containsExactly("consigne.fish");
  }

  @Test
  void file_isCompletedWhereOneMayStand() throws IOException {
    assertThat(offered("consigne put cons")).containsExactly("consigne.fish");
  }
}
