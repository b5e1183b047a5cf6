package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of a client prints one object of one shape with {@code --json}. */
final class JsonTest {
  @TempDir private Path home;

  @Test
  void everyCommand_printsOneEnvelope() throws IOException {
    try (var desk = new Desk(home)) {
      desk.account("bob@example.org");
      String file = desk.write("local/a.txt", "a").toString();
      String folder = desk.path("local").toString();
      List<List<String>> commands =
          List.of(
              List.of(
                  "login", "second", "--url", desk.url(), "--from-command", "echo " + desk.key()),
              List.of("profiles"),
              List.of("whoami"),
              List.of("quota"),
              List.of("doctor"),
              List.of("logout", "second"),
              List.of("mkdir", "/j"),
              List.of("put", file, "/j/"),
              List.of("ls", "/j"),
              List.of("stat", "/j/a.txt"),
              List.of("link", "/j/a.txt"),
              List.of("cp", "/j/a.txt", "/j/b.txt"),
              List.of("mv", "/j/b.txt", "/j/c.txt"),
              List.of("tree", "/"),
              List.of("find", "/"),
              List.of("du", "/"),
              List.of("get", "/j/a.txt", desk.path("got").toString()),
              List.of("share", "/j"),
              List.of("share", "/j", "--with", "bob@example.org"),
              List.of("share", "/j", "--end"),
              List.of("sync", folder, ":/s"),
              List.of("check", folder, ":/s"),
              List.of("diff", folder, ":/s"),
              List.of("dedupe", "/", "--dry-run"),
              List.of("rm", "--yes", "/j/c.txt"));
      var left = new TreeSet<>(ClientCommands.names());
      left.remove("cat"); // prints the bytes of files
      left.remove("remote"); // has commands of its own, with tests of their own
      for (List<String> command : commands) {
        left.remove(command.getFirst());
        var arguments = new ArrayList<>(command);
        arguments.add("--json");
        assertThat(desk.good(arguments.toArray(String[]::new)))
            .as(command.toString())
            .matches(
                "\\{\"consigne\":1,\"command\":\"%s\",\"data\":.*}\n".formatted(command.getFirst()))
            .doesNotContain(desk.key());
      }
      assertThat(left).isEmpty();
      assertThat(desk.run("ls", "--json", "--unheard-of").out())
          .isEqualTo(
              "{\"consigne\":1,\"command\":\"ls\",\"error\":{\"kind\":\"usage\",\"exit\":2,"
                  + "\"message\":\"unknown option \\\"--unheard-of\\\"\"}}\n");
    }
  }
}
