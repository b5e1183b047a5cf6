package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.AccessRules;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the links of files, and who may open them. */
@Command(
    name = "link",
    description = "Print the links of files; with options, change who may open them.")
public final class LinkCommand extends RemoteCommand {
  @Option(
      names = "--ask-password",
      description = "Set a password, typed without echo or read from the standard input.")
  boolean password;

  @Option(
      names = "--network",
      paramLabel = "ADDRESS/BITS",
      description = "Open to this network only, such as 192.0.2.0/24; may be repeated.")
  List<String> networks = new ArrayList<>();

  @Option(
      names = "--country",
      paramLabel = "CODE",
      description = "Open to this country only, such as FR; may be repeated.")
  List<String> countries = new ArrayList<>();

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "Open to the account of this address only; may be repeated.")
  List<String> emails = new ArrayList<>();

  @Option(names = "--paying", description = "Open to paying accounts only.")
  boolean paying;

  @Option(names = "--expires", paramLabel = "TIME", hidden = true)
  @Nullable String expires;

  @Option(names = "--open", description = "Open to everybody: no password, no rules.")
  boolean open;

  @Parameters(
      arity = "1..*",
      paramLabel = "REMOTE",
      description = "Paths of files, or links of yours.")
  List<String> remote;

  /** A command that runs there. */
  public LinkCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    FileChange change = change(session);
    var rows = new ArrayList<Map<String, Object>>();
    for (String name : remote) {
      Address address = Address.parse(name);
      Tree tree = tree(session, address);
      FileLink link = link(tree, address);
      if (!change.equals(FileChange.NONE)) {
        tree.listings().files().change(List.of(link), change);
      }
      rows.add(Map.of("path", name, "link", link.url()));
      if (!session.talk().isJson()) {
        session.talk().line(link.url());
      }
    }
    if (session.talk().isJson()) {
      session.talk().data(rows);
    }
    return Exit.OK;
  }

  private FileChange change(Session session) {
    if (expires != null) {
      throw new Problem(
          Exit.USAGE,
          "links do not end by themselves, neither at 1fichier.com nor at Consigne hosts",
          "let a scheduler run \"consigne link --email YOURS\" then, which opens it to you alone");
    }
    boolean rules = paying || !(networks.isEmpty() && countries.isEmpty() && emails.isEmpty());
    if (open && (rules || password)) {
      throw new Problem(Exit.USAGE, "--open excludes the other options");
    }
    FileChange change = FileChange.NONE;
    if (open) {
      return change.lockedBy("").openTo(AccessRules.NONE);
    }
    if (password) {
      change = change.lockedBy(session.talk().secret("Password of the link"));
    }
    return rules ? change.openTo(new AccessRules(networks, countries, emails, paying)) : change;
  }

  private static Tree tree(Session session, Address address) throws IOException {
    return address instanceof Address.ByLink link
        ? session.treeFor(link.web())
        : session.tree(Places.inAccount(address.toString()));
  }

  private static FileLink link(Tree tree, Address address) throws IOException {
    if (address instanceof Address.ByLink link) {
      return link.link();
    }
    if (tree.get(Places.inAccount(address.toString()).path()) instanceof Entry.OfFile file) {
      return RemoteTarget.link(file);
    }
    throw new Problem(Exit.USAGE, "\"consigne share\" publishes folders; no file: " + address);
  }
}
