package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
      left.removeAll(Set.of("cat", "leave", "remote", "webhook")); // of which the other tests tell
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

  /** Its data are the bytes of a file; only what went wrong is JSON. */
  @Test
  void cat_printsBytes_andAnEnvelopeIfItCannot() throws IOException {
    try (var desk = new Desk(home)) {
      desk.good("put", desk.write("a.txt", "bytes").toString(), "/a.txt");
      assertThat(desk.good("cat", "--json", "/a.txt")).isEqualTo("bytes");
      assertThat(desk.run("cat", "--json", "/b.txt").out())
          .startsWith("{\"consigne\":1,\"command\":\"cat\",\"error\":{\"kind\":\"not-found\",");
    }
  }

  /** A program that reads the standard output alone took it for a success. */
  @Test
  void dataOfACommandThatEndsOtherThanWell_haveAnErrorBeside() throws IOException {
    try (var desk = new Desk(home)) {
      desk.good("put", desk.write("local/a.txt", "a").toString(), "/a.txt");
      desk.write("other/b.txt", "b");
      Run differs = desk.run("check", "--json", desk.path("other").toString(), ":/");
      assertThat(differs.exitCode()).isEqualTo(11);
      assertThat(differs.out())
          .contains(
              "},\"error\":{\"kind\":\"differs\",\"exit\":11,"
                  + "\"message\":\"what was compared differs, and all of it was compared\"}");
      Run partial = desk.run("mv", "--json", "/a.txt", "/not-there", "/to/");
      assertThat(partial.exitCode()).isEqualTo(8);
      assertThat(partial.out())
          .contains(
              "\"state\":\"moved\"}],\"error\":{\"kind\":\"partial\",\"exit\":8,"
                  + "\"message\":\"some of it was done, and some not\"}");
      Run made = desk.run("mkdir", "--json", "/made", "/to/a.txt");
      assertThat(made.out())
          .contains("\"data\":[{")
          .contains("\"error\":{\"kind\":\"conflict\",\"exit\":6,");
    }
  }

  @Test
  void everyCommandOfTheRemoteGroup_printsOneEnvelope() throws IOException {
    try (var desk = new Desk(home)) {
      desk.good("put", desk.write("a.txt", "a").toString(), "/a.txt");
      String link = desk.good("link", "/a.txt").strip();
      String id = desk.good("remote", "add", link, "--folder", "/fetched").strip();
      List<List<String>> commands =
          List.of(
              List.of("add", link, "--folder", "/again"),
              List.of("wait", id),
              List.of("list"),
              List.of("status", id),
              List.of("retry", id),
              List.of("cancel", id));
      var left = new TreeSet<>(remoteCommands());
      for (List<String> command : commands) {
        left.remove(command.getFirst());
        var arguments = new ArrayList<>(List.of("remote"));
        arguments.addAll(command);
        arguments.add("--json");
        assertThat(desk.run(arguments.toArray(String[]::new)).out())
            .as(command.toString())
            .matches(
                "\\{\"consigne\":1,\"command\":\"remote %s\",\"(data|error)\":.*}\n"
                    .formatted(command.getFirst()))
            .doesNotContain(desk.key());
      }
      assertThat(left).isEmpty();
    }
  }

  /** "remote list" and "webhook list" both said "list". */
  @Test
  void everyCommandWithJson_isNamedAsItIsCalled() {
    var named = new TreeSet<String>();
    for (List<String> words : withJson(Program.forArguments(), List.of())) {
      var arguments = new ArrayList<>(words);
      arguments.addAll(List.of("--json", "--unheard-of"));
      String command = String.join(" ", words);
      assertThat(Run.of(arguments.toArray(String[]::new)).out())
          .startsWith("{\"consigne\":1,\"command\":\"%s\",\"error\":".formatted(command));
      assertThat(named.add(command)).as(command).isTrue();
    }
    assertThat(named).contains("ls", "remote list", "webhook list", "remote add", "webhook add");
  }

  /** The words of each command of a client that has the option. */
  private static List<List<String>> withJson(CommandLine command, List<String> words) {
    var found = new ArrayList<List<String>>();
    boolean ofClient = command.getCommandSpec().findOption("--profile") != null;
    if (ofClient && command.getCommandSpec().findOption("--json") != null) {
      found.add(words);
    }
    command
        .getSubcommands()
        .forEach((name, below) -> {
          var further = new ArrayList<>(words);
          further.add(name);
          found.addAll(withJson(below, further));
        });
    return found;
  }

  @Test
  void everyCommandOfTheWebhookGroup_printsOneEnvelope() throws IOException {
    try (var desk = new Desk(home)) {
      String made = desk.good("webhook", "add", "https://hooks.example.org/a", "--json");
      assertThat(made).startsWith("{\"consigne\":1,\"command\":\"webhook add\",\"data\":");
      assertThat(desk.good("webhook", "list", "--json"))
          .startsWith("{\"consigne\":1,\"command\":\"webhook list\",\"data\":");
      assertThat(desk.good("webhook", "log", "--json"))
          .startsWith("{\"consigne\":1,\"command\":\"webhook log\",\"data\":");
      assertThat(desk.run("webhook", "test", "99", "--json").out())
          .startsWith("{\"consigne\":1,\"command\":\"webhook test\",\"error\":");
      assertThat(desk.run("webhook", "remove", "1", "--json").out())
          .startsWith("{\"consigne\":1,\"command\":\"webhook remove\",\"data\":");
    }
  }

  private static Set<String> remoteCommands() {
    CommandLine group = Program.forArguments("remote").getSubcommands().get("remote");
    return group == null ? Set.of() : group.getSubcommands().keySet();
  }
}
