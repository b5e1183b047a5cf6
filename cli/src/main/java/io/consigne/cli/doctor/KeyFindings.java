package io.consigne.cli.doctor;

import io.consigne.cli.profile.KeyPlace;
import io.consigne.cli.profile.OwnerFiles;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.talk.Amount;
import io.consigne.client.model.KeyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How old a key is, when it ends, and who else may read it. */
final class KeyFindings {
  private static final Duration OLD = Duration.ofDays(90);
  private static final Duration SOON = Duration.ofDays(14);

  private KeyFindings() {}

  /**
   * Where it lies.
   *
   * @param file of its own, or that of rclone; null if it is in none
   */
  static Finding place(Profile profile, @Nullable Path file) throws IOException {
    String about = "key file";
    if (file != null && OwnerFiles.isOpen(file)) {
      return Finding.fail(about, "others can read " + file, "chmod 600 " + file);
    }
    return profile.key() instanceof KeyPlace.Given given && given.where().equals("rclone.conf")
        ? Finding.warn(about, "rclone keeps it as it is", "\"consigne login\" keeps it better")
        : Finding.ok(
            about,
            file != null && profile.key() instanceof KeyPlace.OwnFile
                ? "only you can read " + file
                : "none; the key comes from: " + profile.key().words());
  }

  /** What a Consigne host says of it. */
  static Finding told(KeyState key, Instant now) {
    String text = "%s, %s".formatted(key.kind(), key.state());
    Instant made = key.span().made();
    Instant ends = key.span().ends();
    if (!key.isActive() || !key.hereAllowed()) {
      String why = key.isActive() ? text + ", not from this address" : text;
      return Finding.fail(
          "key",
          why,
          "who runs the host makes another, \"consigne key add\"; \"consigne login\" stores it");
    }
    if (ends != null && ends.isBefore(now.plus(SOON))) {
      return Finding.warn(
          "key",
          text + ", ends " + Amount.moment(ends) + " UTC",
          "who runs the host makes another in time, \"consigne key rotate\"; \"consigne login\""
              + " stores it");
    }
    return made == null
        ? Finding.unknown("key", text + "; the host does not tell its age")
        : aged(text, made, now);
  }

  /**
   * What is known where the host does not tell: since when it lies here.
   *
   * @param file of its own; null if it is in none
   * @param works whether the host has just taken it
   */
  static Finding here(KeyPlace place, @Nullable Path file, boolean works, Instant now)
      throws IOException {
    String tried = works ? "works" : "not tried now";
    if (file != null && Files.exists(file)) {
      return aged(tried + ", kept here", Files.getLastModifiedTime(file).toInstant(), now);
    }
    String why =
        switch (place) {
          case KeyPlace.Keyring _ -> "the keyring keeps no date";
          case KeyPlace.OwnFile _ -> "its file is not there";
          case KeyPlace.Printed _ -> "a command prints it";
          case KeyPlace.Given given -> "it comes from " + given.where() + ", which has no date";
        };
    return Finding.unknown("key", "%s, its age is not known: %s".formatted(tried, why));
  }

  private static Finding aged(String text, Instant since, Instant now) {
    long days = Duration.between(since, now).toDays();
    String aged = "%s, since %s".formatted(text, Amount.count(days, "day"));
    return days > OLD.toDays()
        ? Finding.warn("key", aged, "replace keys now and then")
        : Finding.ok("key", aged);
  }
}
