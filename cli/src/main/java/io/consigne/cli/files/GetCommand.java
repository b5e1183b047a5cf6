package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.DryRunOption;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.TransferOptions;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.transfer.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads files and folders. */
@Command(
    name = "get",
    description = "Download files, or folders with -r.",
    footer = {
      "",
      "REMOTE is a path, a link, or the address of a public folder. A file gets its name when it",
      "is whole and verified; until then it is NAME.part, and the same command goes on with it.",
      "\"-\" as LOCAL is the standard output. For example:",
      "  consigne get /papers/report.pdf .",
      "  consigne get -r /photos ~/pictures",
      "  consigne get 'https://1fichier.com/?2zk52quqlm0cbjr93ri5' -"
    })
public final class GetCommand extends RemoteCommand {
  @Option(
      names = {"-r", "--recursive"},
      description = "Folders with all that is in them.")
  boolean recursive;

  @Option(
      names = "--if-exists",
      paramLabel = "skip|replace|rename|fail",
      defaultValue = "fail",
      description = "What to do with files whose name is taken. Default: fail")
  IfExists ifExists;

  @Mixin DryRunOption dryRun;

  @Mixin TransferOptions moves;

  @Mixin PasswordOption password;

  @Parameters(
      arity = "2..*",
      paramLabel = "REMOTE… LOCAL",
      hideParamSyntax = true,
      description = "What; and where to.")
  List<String> places;

  /** A command that runs there. */
  public GetCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    session.moving(moves);
    List<Address> remote =
        places.subList(0, places.size() - 1).stream().map(Address::parse).toList();
    if (places.getLast().equals("-")) {
      if (dryRun.isOn()) {
        throw new Problem(Exit.USAGE, "--dry-run goes with files, not with the standard output");
      }
      for (Address address : remote) {
        Streamed.file(session, address).copy(0, Long.MAX_VALUE);
      }
      return Exit.OK;
    }
    Path target = Path.of(places.getLast());
    boolean into = remote.size() > 1 || Files.isDirectory(target) || places.getLast().endsWith("/");
    var plan = new DownloadPlan(session, ifExists, dryRun.isOn());
    for (int i = 0; i < remote.size(); i++) {
      add(session, plan, remote.get(i), new Aim(target, into, IfExists.isContents(places.get(i))));
    }
    return plan.run(moves.downloads());
  }

  /** Where something goes: into the target or in its place, a folder with its name or without. */
  private record Aim(Path target, boolean into, boolean isContents) {
    Path file(String name) {
      return into ? LocalNames.child(target, name) : target;
    }

    Path folder(String name) {
      return isContents ? target : file(name);
    }
  }

  private void add(Session session, DownloadPlan plan, Address address, Aim aim)
      throws IOException {
    switch (address) {
      case Address.InAccount place -> addEntry(session.tree(place), plan, place, aim);
      case Address.ByLink link -> {
        Entry.OfFile file = Linked.entry(session, link);
        plan.addFile(Linked.downloads(session, link), file, aim.file(file.file().name()));
      }
      case Address.PublicFolder folder -> addPublic(session, plan, folder, aim.target());
    }
  }

  private void addEntry(Tree tree, DownloadPlan plan, Address.InAccount place, Aim aim)
      throws IOException {
    Optional<Entry.OfFolder> inParts = Streamed.inParts(tree, place.path());
    if (inParts.isPresent()) {
      plan.addParts(
          inParts.get(),
          SplitPlan.parts(tree, inParts.get()).orElseThrow(),
          aim.file(place.path().name()));
      return;
    }
    Entry entry = tree.get(place.path());
    boolean root = place.path().isRoot();
    switch (entry) {
      case Entry.OfFile file ->
          plan.addFile(tree.client().downloads(), file, aim.file(place.path().name()));
      case Entry.OfFolder folder -> {
        if (!recursive) {
          throw new Problem(Exit.USAGE, "a folder is downloaded with -r: " + place);
        }
        Path local = root ? aim.target() : aim.folder(place.path().name());
        plan.addFolder(tree, folder, local);
        if (!aim.into() && !aim.isContents() && !root) {
          plan.ifStopped(
              plan.hasParts()
                  ? IfExists.afterStop(place.toString())
                  : IfExists.afterStop(place.forSync(), local.toString()));
        }
      }
    }
  }

  private void addPublic(
      Session session, DownloadPlan plan, Address.PublicFolder folder, Path target)
      throws IOException {
    if (!recursive) {
      throw new Problem(Exit.USAGE, "a folder is downloaded with -r: " + folder);
    }
    Downloads downloads = session.downloads(folder);
    for (Entry entry : Linked.belowPublic(session, folder)) {
      boolean reached = entry.path().parent().names().stream().allMatch(LocalNames::isUsable);
      if (!reached || !plan.isUsable(entry)) {
        continue;
      }
      Path local = target.resolve(String.join("/", entry.path().names()));
      switch (entry) {
        case Entry.OfFolder _ -> plan.addEmptyFolder(local);
        case Entry.OfFile file -> {
          Linked.unlock(session, downloads, file);
          plan.addFile(downloads, file, local);
        }
      }
    }
  }
}
