package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Moves and renames. */
@Command(
    name = "mv",
    description = "Move or rename files and folders of one account; links stay.",
    footer = {"", "If TARGET is a folder or ends with a slash, they go into it."})
public final class MvCommand extends RemoteCommand {
  @Mixin DryRunOption dryRun;

  @Parameters(
      arity = "2..*",
      paramLabel = "REMOTE… TARGET",
      hideParamSyntax = true,
      description = "What; and where to.")
  List<String> places;

  /** A command that runs there. */
  public MvCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    List<Address> sources =
        places.subList(0, places.size() - 1).stream().map(Address::parse).toList();
    var target = RemoteTarget.of(session, places);
    var outcome = new Outcome(session.talk(), dryRun.on);
    var named = new ArrayList<Source>();
    for (Address source : sources) {
      attempt(source, outcome, () -> named.add(source(session, target, source)));
    }
    named.forEach(source -> target.claim(source.path(), source.address().toString()));
    for (Source source : named) {
      attempt(source.address(), outcome, () -> move(target, source, outcome));
    }
    return outcome.tell();
  }

  /** A step for one of the sources. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Where there are several sources, one that fails does not stop the others. */
  private void attempt(Address source, Outcome outcome, Step step) throws IOException {
    try {
      step.run();
    } catch (IOException | Problem e) {
      if (places.size() == 2 || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      outcome.failed(source.toString(), Sentences.of(e), Exit.of(e));
    }
  }

  /** What is to be moved: at a path of the account, where the file is that a link names. */
  private record Source(Address address, RemotePath path, @Nullable RemoteFile file) {}

  private static void move(RemoteTarget target, Source source, Outcome outcome) throws IOException {
    Entry entry =
        source.file() == null
            ? target.get(source.path())
            : new Entry.OfFile(source.path(), source.file());
    RemotePath to = target.path(entry.path());
    if (to.isWithin(entry.path())) {
      throw new Problem(Exit.CONFLICT, "cannot move %s to %s".formatted(entry.path(), to));
    }
    if (entry instanceof Entry.OfFile file) {
      RemoteTarget.link(file);
    }
    if (outcome.isDryRun()) {
      target.tree().missing(to.parent()).forEach(each -> outcome.wouldMake(each.toString()));
      target.wouldMove(entry.path());
      outcome.wouldDo("move", entry.path().toString(), to.toString(), "moved");
      return;
    }
    try {
      move(target.tree(), entry, to);
    } finally {
      target.tree().forgetAll();
    }
    outcome.done(entry.path().toString(), to.toString(), "moved");
  }

  private static Source source(Session session, RemoteTarget target, Address address)
      throws IOException {
    return switch (address) {
      case Address.InAccount place -> {
        RemotePath path = target.sameAccount(place).path();
        yield new Source(address, RemoteTarget.named(path), null);
      }
      case Address.ByLink link -> {
        RemoteFile file = Linked.details(session, link).file();
        if (file.place() == null || session.treeFor(link.web()) != target.tree()) {
          throw new Problem(Exit.USAGE, "somebody else's; \"consigne cp\" copies it: " + link);
        }
        String folder = file.place().path() == null ? "" : file.place().path();
        yield new Source(address, RemotePath.of(folder).child(file.name()), file);
      }
      case Address.PublicFolder folder ->
          throw new Problem(Exit.USAGE, "not moved by its public address: " + folder);
    };
  }

  private static void move(Tree tree, Entry entry, RemotePath to) throws IOException {
    FolderId target = tree.make(to.parent());
    boolean elsewhere = !to.parent().equals(entry.path().parent());
    boolean renamed = !to.name().equals(entry.path().name());
    switch (entry) {
      case Entry.OfFolder folder -> {
        FolderId id = folder.folder().id();
        if (elsewhere) {
          tree.client().folders().move(id, target);
        }
        if (renamed) {
          tree.client().folders().rename(id, to.name());
        }
      }
      case Entry.OfFile file -> {
        FileLink link = RemoteTarget.link(file);
        if (elsewhere) {
          tree.client().files().move(List.of(link), target);
        }
        if (renamed) {
          tree.client().files().rename(Map.of(link, to.name()));
        }
      }
    }
  }
}
