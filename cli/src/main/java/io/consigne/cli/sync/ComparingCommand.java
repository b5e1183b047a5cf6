package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.remote.Untried;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.sync.Comparison;
import io.consigne.client.sync.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that compares a folder of this machine with a remote one. */
abstract class ComparingCommand extends RemoteCommand {
  @Mixin FilterOptions filter = new FilterOptions();

  @Mixin ListingAge listingAge = new ListingAge();

  @Parameters(index = "0", paramLabel = "FROM", description = "A folder, or profile:/folder.")
  String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "The other one of the two.")
  String to = "";

  ComparingCommand(Surroundings around) {
    super(around);
  }

  /** Whether bytes are read even where size and time are as remembered. */
  abstract boolean readsAll();

  /** What is to be said to the session before an account is opened. */
  void prepare(Session session) {}

  /** What is to be known of the account before the sides are compared. */
  void settle(Session session, Tree account, Address.InAccount place, boolean isUp)
      throws IOException {}

  /** How many local files are not tried if the host refuses all. */
  long untried(Sides named, Comparison.Sides sides) throws IOException {
    return 0;
  }

  /** Whether a local folder that is not there is made. */
  boolean makesLocal(Sides named) {
    return false;
  }

  abstract Exit run(Session session, Tree account, Compared compared) throws IOException;

  /** Compares with what somebody has published. */
  abstract Exit run(Session session, Sides named, Address.PublicFolder published)
      throws IOException;

  /** Both sides as named and as compared. */
  record Compared(Sides named, Comparison.Sides sides, Comparison.Result result) {
    /** Whether some of the local side could not be read. */
    boolean isPartial() {
      return !result.unread().isEmpty();
    }

    /** What could not be read, as JSON. */
    List<Map<String, Object>> unread() {
      return result.unread().entrySet().stream()
          .map(one ->
              Map.<String, Object>of(
                  "do", "read", "path", one.getKey(), "reason", Sentences.of(one.getValue())))
          .toList();
    }
  }

  @Override
  protected final Exit run(Session session) throws IOException {
    Sides named = Sides.parse(from, to);
    prepare(session);
    boolean isNew = makesLocal(named) && Files.notExists(named.local());
    if (!isNew && !Files.isDirectory(named.local())) {
      throw new Problem(Exit.NOT_FOUND, "no such local folder: " + named.local(), "");
    }
    return switch (named.remote()) {
      case Address.InAccount place -> run(session, named, place, isNew);
      case Address.PublicFolder published -> run(session, named, published);
      case Address.ByLink link -> throw new IllegalStateException(link.toString());
    };
  }

  private Exit run(Session session, Sides named, Address.InAccount place, boolean isNew)
      throws IOException {
    Tree account = session.tree(place);
    Comparison.Sides sides = sides(named, place.path().text(), listingAge.of(account));
    Comparison.Result result =
        Untried.told(
            () -> untried(named, sides),
            () -> {
              settle(session, account, place, named.isUp());
              return isNew
                  ? Comparison.toNew(sides, account.listings())
                  : Comparison.of(sides, account.listings());
            });
    return run(session, account, compared(session, named, sides, result));
  }

  /** What is compared with what. */
  final Comparison.Sides sides(Sides named, String remote, Duration age) throws IOException {
    Filter.Model model = named.isUp() ? Filter.Model.LOCAL : Filter.Model.REMOTE;
    return new Comparison.Sides(
        named.local(), remote, filter.filter(Instant.now()).of(model), readsAll(), age);
  }

  /** What came of it; says what could not be read. */
  static Compared compared(
      Session session, Sides named, Comparison.Sides sides, Comparison.Result result) {
    result.unread().forEach((path, why) -> session.talk().warn(path + ": " + Sentences.of(why)));
    return new Compared(named, sides, result);
  }
}
