package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.Client;
import io.consigne.client.cache.CachedFiles;
import io.consigne.client.model.AccessRules;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    var rows = new ArrayList<Map<String, Object>>();
    if (session.talk().isJson()) {
      session.talk().data(rows);
    }
    if (wish.equals(FileChange.NONE)) {
      for (String name : remote) {
        tell(session.talk(), named(session, name, wish), rows);
      }
      return Exit.OK;
    }
    var alike = new LinkedHashMap<Alike, List<Named>>();
    for (String name : remote) {
      Named named = named(session, name, wish);
      alike
          .computeIfAbsent(new Alike(named.tree(), named.change()), _ -> new ArrayList<>())
          .add(named);
    }
    for (Map.Entry<Alike, List<Named>> some : alike.entrySet()) {
      changeAll(session.talk(), some.getKey(), some.getValue(), rows);
    }
    return Exit.OK;
  }

  /** A file, and what is to become of it. */
  private record Named(String name, Tree tree, FileLink link, FileChange change) {}

  /** What is the same of files that go by one call. */
  private record Alike(Tree tree, FileChange change) {}

  private Named named(Session session, String name, FileChange wish) throws IOException {
    Address address = Address.parse(name);
    Tree tree = tree(session, address);
    refuseEnd(tree.client());
    FileLink link = link(tree, address);
    return new Named(name, tree, link, kept(tree.client(), link, wish, name, session.talk()));
  }

  /**
   * By one call, and by one more for each file that the host does not say to have changed: it may
   * be so already, or be skipped, which nobody is told of several.
   */
  private static void changeAll(
      Talk talk, Alike alike, List<Named> files, List<Map<String, Object>> rows)
      throws IOException {
    CachedFiles changing = alike.tree().listings().files();
    Set<String> changed = Set.of();
    if (files.size() > 1) {
      try {
        changed =
            changing.change(files.stream().map(Named::link).toList(), alike.change()).stream()
                .map(FileLink::id)
                .collect(Collectors.toSet());
      } catch (RefusedException e) {
        if (e.refusal().isTransient()) {
          throw e;
        }
        // Which one is refused, each tells by itself.
      }
    }
    for (Named file : files) {
      if (!changed.contains(file.link().id())) {
        changing.change(List.of(file.link()), alike.change());
      }
      tell(talk, file, rows);
    }
  }

  private static void tell(Talk talk, Named file, List<Map<String, Object>> rows) {
    rows.add(row(file.name(), file.link(), file.change()));
    if (!talk.isJson()) {
      talk.line(file.link().url());
    }
    LinkEnd.of(file.change().rules())
        .ifPresent(end -> talk.note(file.name() + ": open until " + LinkEnd.shown(end)));
  }

  private static Map<String, Object> row(String name, FileLink link, FileChange change) {
    var row = new LinkedHashMap<String, Object>();
    row.put("path", name);
    row.put("link", link.url());
    LinkEnd.add(row, change.rules());
    return row;
  }

  private void refuseEnd(Client client) throws IOException {
    if (expires != null && !client.capabilities().linkExpiry()) {
      throw new Problem(
          Exit.USAGE,
          "links do not end by themselves at this host",
          "let a scheduler run \"consigne link --email YOURS\" then, which opens it to you alone");
    }
  }

  /**
   * The wish, and what it does not name: who may open the link, if only its end is named, and its
   * end, if only that is not. A host takes all rules at once.
   */
  private FileChange kept(Client client, FileLink link, FileChange wish, String name, Talk talk)
      throws IOException {
    AccessRules rules = wish.rules();
    if (rules == null || open || !client.capabilities().linkExpiry()) {
      return wish;
    }
    AccessRules before = client.files().info(link).rules();
    if (before == null) {
      return wish;
    }
    if (!isRuled()) {
      return wish.openTo(before.until(expires));
    }
    String dropped = DroppedRules.of(before, rules);
    if (!dropped.isEmpty()) {
      talk.note("%s: no more %s, which is not named now".formatted(name, dropped));
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
    return wish.openTo(rules.until(before.expires()));
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
