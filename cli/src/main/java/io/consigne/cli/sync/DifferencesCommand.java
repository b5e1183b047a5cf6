package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.cache.RemoteTree;
import io.consigne.client.sync.Comparison;
import io.consigne.client.sync.Pair;
import io.consigne.client.sync.Pair.State;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** A command that tells what differs, and changes nothing. */
abstract class DifferencesCommand extends ComparingCommand {
  @Mixin PasswordOption password = new PasswordOption();

  DifferencesCommand(Surroundings around) {
    super(around);
  }

  @Override
  void prepare(Session session) {
    session.opening(password);
  }

  @Override
  final Exit run(Session session, Sides named, Address.PublicFolder published) throws IOException {
    Comparison.Sides sides = sides(named, "", Duration.ZERO);
    var folder = new PublishedTree(session, published);
    Comparison.Result result = Comparison.of(sides, folder.tree(), folder::detailed);
    Compared compared = compared(session, named, sides, result);
    return tell(session.talk(), compared, folder.notAsked());
  }

  @Override
  final Exit run(Session session, Tree account, Compared compared) {
    return tell(session.talk(), compared, 0);
  }

  /**
   * Tells what differs.
   *
   * @param notAsked files of which the host was not asked, as it had refused too many
   */
  private static Exit tell(Talk talk, Compared compared, int notAsked) {
    RemoteTree tree = compared.result().tree();
    boolean isMissing = tree.folders().isEmpty();
    if (isMissing) {
      talk.warn("there is no such remote folder: " + compared.named().remote());
    }
    tree.cut().stream()
        .sorted()
        .forEach(path -> talk.warn("the host does not list all files of " + below(compared, path)));
    List<Pair> pairs = compared.result().pairs();
    List<Pair> others = pairs.stream().filter(pair -> pair.state() != State.SAME).toList();
    int same = pairs.size() - others.size();
    if (talk.isJson()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("same", same);
      json.put("differences", others.stream().map(DifferencesCommand::json).toList());
      json.put("failed", compared.unread());
      if (notAsked > 0) {
        json.put("notTried", notAsked);
      }
      talk.data(json);
    } else {
      others.forEach(pair -> talk.line(sign(pair.state()) + " " + pair.path()));
      int unread = compared.unread().size();
      String more = unread == 0 ? "" : ", %d not read".formatted(unread);
      talk.note("%d the same, %d not%s".formatted(same, others.size(), more));
    }
    if (compared.isPartial() || isMissing || notAsked > 0) {
      return Exit.FAILED;
    }
    return others.isEmpty() ? Exit.OK : tree.cut().isEmpty() ? Exit.DIFFERS : Exit.FAILED;
  }

  private static String below(Compared compared, String path) {
    return RemotePath.of(compared.sides().remote() + "/" + path).toString();
  }

  private static Map<String, Object> json(Pair pair) {
    var json = new LinkedHashMap<String, Object>();
    json.put("path", pair.path());
    json.put("state", pair.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return json;
  }

  private static char sign(State state) {
    return switch (state) {
      case SAME -> '=';
      case DIFFERENT -> '*';
      case UNKNOWN -> '?';
      case LOCAL_ONLY -> '+';
      case REMOTE_ONLY -> '-';
    };
  }
}
