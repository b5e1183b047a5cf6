package io.consigne.cli.talk;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a process ends, and what its owner can do next. Documented in docs/cli.md. */
public enum Exit {
  OK(0, "all was done", ""),
  FAILED(1, "what has no code of its own", ""),
  USAGE(
      2,
      "the command line makes no sense, lacks --yes, or the host calls something in it malformed",
      ""),
  AUTH(3, "no key, or one that is wrong or revoked", "\"consigne login\" stores a key"),
  DENIED(4, "forbidden for this key, address, plan or password", ""),
  NOT_FOUND(5, "no such thing", "\"consigne ls\" shows what is there"),
  CONFLICT(6, "what is there forbids it", ""),
  RATE_LIMITED(
      7,
      "asked too often, and the wait is longer than --patience",
      "try again later, or allow a longer --patience"),
  PARTIAL(8, "some of it was done, and some not", ""),
  NO_ROOM(
      9,
      "no room is left, or something is too large",
      "\"consigne quota\" tells what is left, and \"put --split\" stores large files in parts"),
  UNREACHABLE(
      10,
      "the host cannot be reached, or cannot answer now",
      "is the address right, and does the host run? Try again later"),
  DIFFERS(11, "what was compared differs, and all of it was compared", "");

  private static final String LOOK = "\"consigne doctor\" looks at key and account";

  /** Words of hosts about what a key, an account or an address may do. */
  private static final List<String> OF_ACCOUNT =
      List.of("key", "account", "cdn", "premium", "locked");

  private final int code;
  private final String meaning;
  private final String next;

  Exit(int code, String meaning, String next) {
    this.code = code;
    this.meaning = meaning;
    this.next = next;
  }

  /** What the process gives its parent. */
  public int code() {
    return code;
  }

  /** When a process ends so. */
  public String meaning() {
    return meaning;
  }

  /** What it means where data and warnings tell more. */
  String meaningOfData() {
    return this == FAILED ? "not all is well, as data and warnings tell" : meaning;
  }

  /** What its owner can do next, in a few words; may be empty. */
  public String next() {
    return next;
  }

  /** What the owner of a failed process can do next, in a few words; may be empty. */
  public static String next(Throwable failure) {
    if (Sentences.distrust(failure).isPresent()) {
      return "--cacert FILE names the authority of a host of one's own";
    }
    return switch (failure) {
      case Problem problem -> problem.next();
      case FileSystemException e when isFull(e) -> "the same command goes on when there is room";
      case NoSuchFileException _ -> "";
      case RefusedException e -> next(e.refusal());
      default -> of(failure).next();
    };
  }

  /** Where it is neither key nor plan, to look at them would lead away from what it is. */
  private static String next(Refusal refusal) {
    return switch (refusal) {
      case Refusal.PasswordNeeded _ -> "--password-file names a file with the password";
      case Refusal.PlanNeeded _ -> LOOK;
      case Refusal.QuotaExceeded _ -> "\"consigne quota\" tells what is left";
      case Refusal.TooLarge _ -> "";
      case Refusal.Denied denied -> isOfAccount(denied.said()) ? LOOK : "";
      default -> of(refusal).next();
    };
  }

  private static boolean isOfAccount(Refusal.Said said) {
    String words = said.text().toLowerCase(Locale.ROOT);
    return said.status() != 0 && OF_ACCOUNT.stream().anyMatch(words::contains);
  }

  /** As in JSON, such as {@code not-found}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How a failure ends a process. */
  public static Exit of(Throwable failure) {
    return switch (failure) {
      case Problem e -> e.exit();
      case RefusedException e -> of(e.refusal());
      case FileSystemException e when isFull(e) -> NO_ROOM;
      case NoSuchFileException _ -> NOT_FOUND;
      case FileAlreadyExistsException _ -> CONFLICT;
      case CertificateException _ -> UNREACHABLE;
      case ConnectException _, UnknownHostException _, HttpTimeoutException _ -> UNREACHABLE;
      default -> failure.getCause() == null ? FAILED : of(failure.getCause());
    };
  }

  /** As Linux, macOS and the BSDs say it. */
  private static boolean isFull(FileSystemException failure) {
    String reason = String.valueOf(failure.getReason());
    return Stream.of("No space left", "Disk quota exceeded", "File too large")
        .anyMatch(reason::startsWith);
  }

  private static Exit of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotAuthenticated _ -> AUTH;
      case Refusal.PlanNeeded _, Refusal.PasswordNeeded _, Refusal.Denied _ -> DENIED;
      case Refusal.NotFound _ -> NOT_FOUND;
      case Refusal.Conflict _, Refusal.Unchanged _ -> CONFLICT;
      case Refusal.TooLarge _, Refusal.QuotaExceeded _ -> NO_ROOM;
      case Refusal.Flood _ -> RATE_LIMITED;
      case Refusal.Unavailable _ -> UNREACHABLE;
      // What nobody asked the host is about a file, not about the command line.
      case Refusal.Invalid invalid -> invalid.said().status() == 0 ? FAILED : USAGE;
      case Refusal.NotOffered _, Refusal.Damaged _, Refusal.Unknown _ -> FAILED;
    };
  }
}
