package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that completes, in a real bash. */
final class CompletionTest {
  @TempDir private Path folder;

  /** What is offered for the last of some words, without what bash says of being called by hand. */
  private List<String> offered(String... words) throws IOException {
    Path script =
        Files.writeString(folder.resolve("completion"), Run.of("completion", "bash").out());
    String quoted = "'" + String.join("' '", words) + "'";
    String asked =
        """
        source '%s'
        complete -p consigne > /dev/null || exit 7
        COMP_WORDS=(%s) COMP_CWORD=%d
        $(complete -p consigne | sed 's/.*-F \\([^ ]*\\).*/\\1/') 2> /dev/null
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, quoted, words.length - 1);
    var builder = new ProcessBuilder("bash", "--norc", "-c", asked).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("XDG_CONFIG_HOME");
    Process bash = builder.directory(folder.toFile()).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .toList();
  }

  @Test
  void command_isCompleted() throws IOException {
    assertThat(offered("consigne", "ded")).containsExactly("dedupe");
    assertThat(offered("consigne", "")).contains("ls", "put", "get", "sync", "remote");
  }

  @Test
  void option_isCompleted() throws IOException {
    assertThat(offered("consigne", "ls", "--js")).containsExactly("--json");
    assertThat(offered("consigne", "put", "--if")).containsExactly("--if-exists");
  }

  @Test
  void profile_isCompleted_alsoWhereAPathBegins() throws IOException {
    Path profiles = folder.resolve(".config/consigne/profiles");
    Files.createDirectories(profiles.getParent());
    Files.writeString(
        profiles, "home\thttps://a.example.org\tfile\nwork\thttps://b.example.org\tfile\n");
    assertThat(offered("consigne", "ls", "--profile", "")).containsExactly("home", "work");
    assertThat(offered("consigne", "ls", "--profile", "w")).containsExactly("work");
    assertThat(offered("consigne", "ls", "--profile", "=", "w")).containsExactly("work");
    assertThat(offered("consigne", "logout", "h")).containsExactly("home");
    assertThat(offered("consigne", "ls", "ho")).containsExactly("home:/");
    Files.writeString(folder.resolve("homework"), "");
    assertThat(offered("consigne", "put", "a", "ho")).containsExactly("home:/", "homework");
    assertThat(offered("consigne", "put", "a", "--if-exists", "ho")).containsExactly("");
    assertThat(offered("consigne", "remote", "ho")).containsExactly("");
  }

  /** They were completed only beside a profile of the same letters, and never below a folder. */
  @Test
  void fileOfThisMachine_isCompleted() throws IOException {
    Files.createDirectories(folder.resolve("below"));
    Files.writeString(folder.resolve("below/two words"), "");
    Files.writeString(folder.resolve("README"), "");
    for (String command : List.of("put", "get", "sync", "check", "diff")) {
      assertThat(offered("consigne", command, "READ")).containsExactly("README");
      assertThat(offered("consigne", command, "below/t")).containsExactly("below/two words");
    }
    assertThat(offered("consigne", "ls", "READ")).containsExactly("");
  }

  @Test
  void keepOfDedupe_isCompletedAsItIsDocumented() throws IOException {
    assertThat(offered("consigne", "dedupe", "--keep", "n")).containsExactly("newest");
  }

  @Test
  void commandOfAGroup_isCompleted() throws IOException {
    assertThat(offered("consigne", "remote", "ad")).containsExactly("add");
  }
}
