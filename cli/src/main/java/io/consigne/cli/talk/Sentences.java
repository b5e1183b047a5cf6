package io.consigne.cli.talk;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Failures in words. */
public final class Sentences {
  /** The variable that shows stack traces. */
  public static final String DEBUG = "CONSIGNE_DEBUG";

  private Sentences() {}

  /** What went wrong, for somebody who does not know the program's inside. */
  public static String of(Throwable failure) {
    return switch (failure) {
      case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
      case NoSuchFileException e when e.getReason() != null -> e.getReason();
      case NoSuchFileException e -> "no such file or folder: " + e.getFile();
      case AccessDeniedException e -> "no permission: " + e.getFile();
      case FileAlreadyExistsException e when e.getReason() == null ->
          "exists already: " + e.getFile();
      case NotDirectoryException e -> "no folder: " + e.getFile();
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      case IOException e when distrust(e).isPresent() ->
          "the certificate of the host is not trusted: " + distrust(e).get();
      case RefusedException e when isOfThisClient(e) -> String.valueOf(e.getMessage());
      case RefusedException e -> "the host refused: " + e.getMessage();
      case ConnectException _ -> "the host cannot be reached";
      case UnknownHostException e -> "unknown host: " + e.getMessage();
      case RuntimeException e when isUnexpected(e) ->
          "unexpected error, %s=1 shows where: %s".formatted(DEBUG, e);
      default -> Objects.requireNonNullElseGet(failure.getMessage(), failure::toString);
    };
  }

  /** That a refusal has ended a run before all was tried, and what its owner can do next. */
  public static String notTried(int left, String thing, Refusal why) {
    String next = Exit.next(new RefusedException(why));
    return untried(left, thing, why) + (next.isEmpty() ? "" : "; " + next);
  }

  /** The same without the next step. */
  public static String untried(long left, String thing, Refusal why) {
    return "%s not tried, since the host refused: %s"
        .formatted(Amount.count(left, thing), why.said());
  }

  /** That nobody knows what became of files whose upload was cut off. */
  public static String unsettled(List<String> paths) {
    String first = "/" + paths.getFirst();
    String files =
        paths.size() == 1 ? first : first + " and " + Amount.count(paths.size() - 1, "other");
    return "an upload was cut off, and the host does not tell whether it has %s; what it does not"
            .formatted(files)
        + " list is sent again";
  }

  private static boolean isOfThisClient(RefusedException failure) {
    return failure.refusal().said().status() == 0;
  }

  /** Why a certificate is not trusted, if that is what failed. */
  static Optional<String> distrust(Throwable failure) {
    Optional<String> why = Optional.empty();
    boolean certificate = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      certificate |= cause instanceof CertificateException;
      why = Optional.ofNullable(cause.getMessage()).or(Optional.of(why)::get);
    }
    return certificate ? why : Optional.empty();
  }

  /** Exceptions of the program's own types carry a message for people; others are mistakes. */
  private static boolean isUnexpected(RuntimeException failure) {
    return failure.getMessage() == null || !failure.getClass().getName().startsWith("io.consigne.");
  }
}
