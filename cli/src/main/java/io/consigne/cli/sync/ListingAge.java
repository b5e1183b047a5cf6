package io.consigne.cli.sync;

import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Habits;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How old a listing may be that a command believes. */
final class ListingAge {
  @Option(
      names = "--listing-age",
      paramLabel = "TIME",
      converter = Habits.TimeConverter.class,
      description =
          "Use listings up to this age. Default: 30s at 1fichier.com, 0s at Consigne hosts.")
  @Nullable Duration given;

  /** What the option says, else what the host of an account accepts. */
  Duration of(Tree account) throws IOException {
    return given == null ? account.age() : given;
  }
}
