package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.DryRunOption;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies files and folders on the host. */
@Command(
    name = "cp",
    description = "Copy within an account, or others' files by their links, on the host.",
    footer = {
      "",
      "If TARGET is a folder or ends with a slash, they go into it. With -r folders are copied"
          + " with",
      "all that is in them, also a public folder by its address."
    })
public final class CpCommand extends RemoteCommand {
  @Option(
      names = {"-r", "--recursive"},
      description = "Folders with all that is in them.")
  boolean recursive;

  @Mixin DryRunOption dryRun;

  @Mixin PasswordOption password;

  @Parameters(
      arity = "2..*",
      paramLabel = "REMOTE… TARGET",
      hideParamSyntax = true,
      description = "What; and where to.")
  List<String> places;

  /** A command that runs there. */
  public CpCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    var target = RemoteTarget.of(session, places);
    var plan = new CopyPlan(session, target.tree(), dryRun.isOn());
    for (String name : places.subList(0, places.size() - 1)) {
      switch (Address.parse(name)) {
        case Address.ByLink link -> {
          Entry.OfFile file = Linked.entryOfAccount(session, link);
          target.claim(file.path(), name);
          plan.addFile(file, target.path(file.path()));
        }
        case Address.PublicFolder folder -> {
          needRecursive(name);
          List<Entry> entries = Linked.belowPublic(session, folder);
          entries.stream()
              .map(Entry::path)
              .filter(path -> path.parent().isRoot())
              .distinct()
              .forEach(path -> target.claimInside(path, name));
          for (Entry entry : entries) {
            RemotePath to = target.inside(entry.path());
            switch (entry) {
              case Entry.OfFile file -> plan.addFile(file, to);
              case Entry.OfFolder _ -> plan.addEmptyFolder(to);
            }
          }
        }
        case Address.InAccount place -> addEntry(plan, target, place);
      }
    }
    return plan.run();
  }

  private void addEntry(CopyPlan plan, RemoteTarget target, Address.InAccount place)
      throws IOException {
    Entry entry = target.get(target.sameAccount(place).path());
    target.claim(RemoteTarget.named(entry.path()), place.toString());
    RemotePath to = target.path(entry.path());
    switch (entry) {
      case Entry.OfFile file -> plan.addFile(file, to);
      case Entry.OfFolder folder -> {
        needRecursive(place.toString());
        if (to.isWithin(folder.path())) {
          throw new Problem(
              Exit.CONFLICT, "cannot copy %s into itself: %s".formatted(folder.path(), to));
        }
        plan.addFolder(folder, to);
      }
    }
  }

  private void needRecursive(String name) {
    if (!recursive) {
      throw new Problem(Exit.USAGE, "a folder is copied with -r: " + name);
    }
  }
}
