package io.consigne.cli.doctor;

import io.consigne.cli.talk.Amount;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountInfo.Offer;
import io.consigne.client.model.AccountInfo.Storage;
import io.consigne.client.model.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the host says of an account. */
final class AccountFindings {
  private static final Duration SOON = Duration.ofDays(30);
  private static final double LITTLE = 0.1;

  private AccountFindings() {}

  /** Until when it is paid for. */
  static Finding subscription(AccountInfo account, Instant now) {
    String about = "subscription";
    String offer = account.offer().name().toLowerCase(Locale.ROOT);
    Instant end = account.subscriptionEnd();
    if (account.offer() == Offer.FREE) {
      return Finding.warn(about, "free", "downloads by key need Premium or Access at 1fichier.com");
    }
    if (end == null) {
      return Finding.ok(about, offer + ", without an end");
    }
    String text = "%s, ends %s UTC".formatted(offer, Amount.moment(end));
    if (end.isBefore(now)) {
      return Finding.fail(about, text.replace("ends", "ended"), "renew it: the key is dead");
    }
    return end.isBefore(now.plus(SOON))
        ? Finding.warn(about, text, "renew it: the key ends with it, and later the files")
        : Finding.ok(about, text);
  }

  /** What room is left. */
  static Finding quota(AccountInfo account) {
    Storage storage = account.storage();
    long used = storage.hotBytes() + storage.coldBytes();
    long left = storage.availableBytes();
    String text = "%s used, %s left".formatted(Amount.bytes(used), Amount.bytes(left));
    if (account.uploadForbidden() || left <= 0) {
      return Finding.fail("quota", text + ", no uploads", "remove files, or buy room");
    }
    return left < LITTLE * (used + left)
        ? Finding.warn("quota", text, "\"consigne dedupe --dry-run\" shows what is there twice")
        : Finding.ok("quota", text);
  }

  /** Whether downloads cost extra. */
  static Finding network(AccountInfo account) {
    String credit =
        String.format(Locale.ROOT, "%.1f GB of credit", account.cdn().creditGigabytes());
    return account.cdn().used()
        ? Finding.warn("cdn", "downloads spend it, " + credit, "the console switches it off")
        : Finding.ok("cdn", "downloads spend no credit (%s)".formatted(credit));
  }

  /** What will be removed, since nobody downloads it. */
  static Finding removals(List<Removal> removals, Instant now) {
    List<Removal> near =
        removals.stream().filter(removal -> removal.time().isBefore(now.plus(SOON))).toList();
    return near.stream()
        .min(Comparator.comparing(Removal::time))
        .map(first ->
            Finding.warn(
                "removal",
                "%s will be removed within 30 days, %s first, at %s UTC"
                    .formatted(
                        Amount.count(near.size(), "file"),
                        first.name(),
                        Amount.moment(first.time())),
                "download them once, or get them all"))
        .orElseGet(() -> Finding.ok("removal", "no file is near its removal"));
  }
}
