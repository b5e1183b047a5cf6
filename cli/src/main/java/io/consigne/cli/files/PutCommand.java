package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.DryRunOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.TransferOptions;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.remote.Untried;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Habits;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.split.Pieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads files and folders. */
@Command(
    name = "put",
    description = "Upload files, or folders with -r.",
    footer = {
      "",
      "Of several files, or if REMOTE is a folder or ends with a slash, they go into it, and it",
      "is made if it is missing. \"-\" is the standard input, which is stored in a temporary file",
      "first, since its length must be known. For example:",
      "  consigne put report.pdf /papers/",
      "  consigne put -r photos /             makes /photos",
      "  pg_dump db | consigne put - /db.sql"
    })
public final class PutCommand extends RemoteCommand {
  @Option(
      names = {"-r", "--recursive"},
      description = "Folders with all that is in them. Symbolic links are skipped.")
  boolean recursive;

  @Option(
      names = "--if-exists",
      paramLabel = "skip|replace|rename|fail",
      defaultValue = "fail",
      description = "What to do with files whose name is taken. Default: fail")
  IfExists ifExists;

  @Option(
      names = "--split",
      description = "Store large files in parts, as a folder NAME.split. get joins them.")
  boolean split;

  @Option(
      names = "--part-size",
      paramLabel = "SIZE",
      converter = Habits.SizeConverter.class,
      description =
          "With --split: files above this are stored in parts of it, such as 20G. Default: 10 GB"
              + " at 1fichier.com, where an upload may take 4 hours; none at Consigne hosts.")
  @Nullable Long partSize;

  @Mixin DryRunOption dryRun;

  @Mixin TransferOptions moves;

  @Parameters(
      arity = "2..*",
      paramLabel = "LOCAL… REMOTE",
      hideParamSyntax = true,
      description = "Files; and where to.")
  List<String> places;

  /** A command that runs there. */
  public PutCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.moving(moves);
    if (!(Address.parse(places.getLast()) instanceof Address.InAccount target)) {
      throw new Problem(Exit.USAGE, "files go to a path of an account, not to a link");
    }
    List<String> local = places.subList(0, places.size() - 1);
    try (var spool = new Spool(session.around().in())) {
      return Untried.told(() -> count(local), () -> plan(session, target, local, spool)).run();
    }
  }

  /** What is asked of the host before anything is sent. */
  private UploadPlan plan(
      Session session, Address.InAccount target, List<String> local, Spool spool)
      throws IOException {
    Tree tree = session.tree(target);
    if (!dryRun.isOn()) {
      session.storeAlone(target, places(tree, target, local));
      // What was there before that may be what another has stored into since.
      tree.forgetAll();
      RemotePath path = target.path();
      boolean isFolder = target.mustBeFolder() || path.isRoot();
      tree.settle(isFolder ? path : path.parent(), session.talk());
    }
    var plan =
        new UploadPlan(tree, ifExists, session.talk(), partBytes(session, target), dryRun.isOn());
    boolean into = local.size() > 1 || target.mustBeFolder() || plan.isFolder(target.path());
    for (String name : local) {
      if (name.equals(Spool.FROM)) {
        addInput(plan, target, into, spool);
      } else {
        add(plan, target, into, local(name));
      }
    }
    return plan;
  }

  /** Where something may be stored, also below it. */
  private static List<RemotePath> places(Tree tree, Address.InAccount target, List<String> local)
      throws IOException {
    boolean into =
        local.size() > 1 || target.mustBeFolder() || tree.folder(target.path()).isPresent();
    return local.stream()
        .map(name -> name.equals(Spool.FROM) ? target.path() : place(target, into, Path.of(name)))
        .toList();
  }

  private static RemotePath place(Address.InAccount target, boolean into, Path local) {
    String name = String.valueOf(local.toAbsolutePath().normalize().getFileName());
    return into && !IfExists.isContents(local.toString())
        ? target.path().child(name)
        : target.path();
  }

  private static long count(List<String> local) throws IOException {
    long files = 0;
    for (String name : local) {
      files += name.equals(Spool.FROM) ? 1 : Untried.files(local(name), (_, _, _) -> true);
    }
    return files;
  }

  /** Above what size a file is stored in parts. */
  private long partBytes(Session session, Address.InAccount target) throws IOException {
    if (!split) {
      if (partSize != null) {
        throw new Problem(Exit.USAGE, "--part-size goes with --split");
      }
      return Long.MAX_VALUE;
    }
    if (partSize != null) {
      return Math.max(1, partSize);
    }
    boolean limited = !session.tree(target).client().capabilities().consigne();
    return limited ? Pieces.USUAL_BYTES : Long.MAX_VALUE;
  }

  private static Path local(String name) {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new Problem(Exit.NOT_FOUND, "no such local file or folder: " + name, "");
    }
    return path;
  }

  private static void addInput(UploadPlan plan, Address.InAccount target, boolean into, Spool spool)
      throws IOException {
    if (into) {
      throw new Problem(Exit.USAGE, "the standard input needs a name: " + target + "/NAME");
    }
    plan.addInput(spool, target.path());
  }

  private void add(UploadPlan plan, Address.InAccount target, boolean into, Path local)
      throws IOException {
    boolean isContents = IfExists.isContents(local.toString());
    RemotePath place = place(target, into, local);
    if (Files.isRegularFile(local)) {
      plan.addFile(local, place);
    } else if (!Files.isDirectory(local)) {
      throw new Problem(Exit.USAGE, "neither a file nor a folder: " + local);
    } else if (recursive) {
      plan.addFolder(local, place);
      if (!into && !isContents) {
        plan.ifStopped(
            split
                ? IfExists.afterStop(local.toString())
                : IfExists.afterStop(local.toString(), target.forSync()));
      }
    } else {
      throw new Problem(Exit.USAGE, "a folder is uploaded with -r: " + local);
    }
  }
}
