package io.consigne.server.admin;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What is wrong with a file, of which many faults say no more than its path. */
public final class FileFaults {
  private FileFaults() {}

  /** Whether the fault names a file and says what is wrong with it. */
  static boolean isTold(IOException fault) {
    return fault instanceof NoSuchFileException
        || fault instanceof AccessDeniedException
        || fault instanceof FileAlreadyExistsException
        || (fault instanceof FileSystemException e && e.getReason() != null);
  }

  /** The fault in a sentence, with the file. */
  public static String sentence(IOException fault) {
    return switch (fault) {
      case NoSuchFileException e -> "no such file or folder: " + e.getFile();
      case AccessDeniedException e -> "no permission: " + e.getFile();
      case FileAlreadyExistsException e -> "exists already: " + e.getFile();
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      default -> Objects.requireNonNullElse(fault.getMessage(), fault.toString());
    };
  }
}
