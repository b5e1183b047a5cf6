package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Client;
import io.consigne.client.model.AccessRules;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the links of files, and who may open them. */
@Command(
    name = "link",
    description = "Print the links of files; with options, change who may open them.",
    footer = {
      "",
      "--network, --country, --email and --paying take the place of all such rules that a link"
          + " has:",
      "who adds one names the others, too. \"consigne stat\" tells them.",
    })
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

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = LinkEnd.Converter.class,
      description =
          "End the link after a time such as 2h or 90d, or at a date such as 2027-01-31 or"
              + " 2027-01-31T18:00; at Consigne hosts.")
  @Nullable Instant expires;

  @Option(names = "--open", description = "Open to everybody for ever: no password, no rules.")
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
    FileChange wish = change(session);
    var changes = new LinkChanges(session.talk());
    for (String name : remote) {
      LinkChanges.Named named = named(session, name, wish);
      if (wish.equals(FileChange.NONE)) {
        changes.tell(named);
      } else {
        changes.add(named);
      }
    }
    return changes.make();
  }

  private LinkChanges.Named named(Session session, String name, FileChange wish)
      throws IOException {
    Address address = Address.parse(name);
    Tree tree = tree(session, address);
    refuseEnd(tree.client());
    FileLink link = link(tree, address);
    AccessRules before = before(tree.client(), link, wish);
    if (before == null) {
      return new LinkChanges.Named(name, tree, link, wish, "");
    }
    FileChange change = kept(before, wish, name);
    String dropped = DroppedRules.of(before, Objects.requireNonNull(change.rules()));
    return new LinkChanges.Named(name, tree, link, change, dropped);
  }

  private void refuseEnd(Client client) throws IOException {
    if (expires != null && !client.capabilities().linkExpiry()) {
      throw new Problem(
          Exit.USAGE,
          "links do not end by themselves at this host",
          "let a scheduler run \"consigne link --email YOURS\" then, which opens it to you alone");
    }
  }

  /** The rules of a link that the wish is to be seen with; null if it stands for itself. */
  private @Nullable AccessRules before(Client client, FileLink link, FileChange wish)
      throws IOException {
    return wish.rules() == null || open || !client.capabilities().linkExpiry()
        ? null
        : client.files().info(link).rules();
  }

  /**
   * The wish, and what it does not name: who may open the link, if only its end is named, and its
   * end, if only that is not. A host takes all rules at once.
   */
  private FileChange kept(AccessRules before, FileChange wish, String name) {
    if (!isRuled()) {
      return wish.openTo(before.until(expires));
    }
    if (expires != null) {
      return wish;
    }
    if (before.expires() != null && !before.expires().isAfter(Instant.now())) {
      throw new Problem(
          Exit.CONFLICT,
          "the link has ended at " + LinkEnd.shown(before.expires()) + ": " + name,
          "--expires gives it another end");
    }
    return wish.openTo(Objects.requireNonNull(wish.rules()).until(before.expires()));
  }

  private boolean isRuled() {
    return paying || !(networks.isEmpty() && countries.isEmpty() && emails.isEmpty());
  }

  private FileChange change(Session session) {
    boolean rules = isRuled() || expires != null;
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
    return rules
        ? change.openTo(new AccessRules(networks, countries, emails, paying, expires))
        : change;
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
