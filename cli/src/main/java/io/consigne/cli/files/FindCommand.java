package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.sync.Filter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds files and folders by name. */
@Command(
    name = "find",
    description = "Print the paths of what is below a folder, by name.",
    footer = {"", "For example: consigne find /photos --name '*.{jpg,png}' --type file"})
public final class FindCommand extends RemoteCommand {
  /** What to find. */
  enum Kind {
    FILE,
    FOLDER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--name",
      paramLabel = "PATTERN",
      defaultValue = "*",
      description = "Names such as *.jpg; {a,b}, [a-z] and [!a-z] work, too.")
  String name;

  @Option(names = "--type", paramLabel = "file|folder", description = "Only these.")
  List<Kind> kinds = new ArrayList<>();

  @Mixin PasswordOption password;

  @Parameters(
      arity = "0..1",
      paramLabel = "REMOTE",
      defaultValue = "/",
      description = "A folder, or the address of a public one. Default: /")
  String remote;

  /** A command that runs there. */
  public FindCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    Pattern pattern = pattern();
    var rows = new ArrayList<Map<String, Object>>();
    Tree.Visitor visitor =
        entry -> {
          if (!isFound(entry, pattern)) {
            return;
          }
          if (session.talk().isJson()) {
            rows.add(Rows.json(entry));
          } else {
            session.talk().line(Rows.name(entry, entry.path().toString()));
          }
        };
    Below.of(session, Address.parse(remote)).walk(session.talk(), visitor);
    if (session.talk().isJson()) {
      session.talk().data(rows);
    }
    return Exit.OK;
  }

  private Pattern pattern() {
    try {
      return Filter.Rule.include(name).pattern();
    } catch (IllegalArgumentException e) {
      throw new Problem(Exit.USAGE, "no pattern: " + name);
    }
  }

  private boolean isFound(Entry entry, Pattern pattern) {
    Kind kind = entry instanceof Entry.OfFile ? Kind.FILE : Kind.FOLDER;
    return (kinds.isEmpty() || kinds.contains(kind))
        && pattern.matcher(entry.path().name()).matches();
  }
}
