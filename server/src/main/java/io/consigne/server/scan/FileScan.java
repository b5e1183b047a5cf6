package io.consigne.server.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files, and all files below folders. Links are not followed; archives are read as they are,
 * not unpacked. What cannot be read is told.
 */
public final class FileScan {
  private final ScanReport report;

  /** Tells {@code report} what it finds. */
  public FileScan(ScanReport report) {
    this.report = report;
  }

  /** Reads a file or a folder. */
  public void run(Path path) {
    try {
      Files.walkFileTree(path, new Visitor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      report.read(KeyScan.run(in, key -> report.found(file.toString(), "", key)));
    } catch (IOException e) {
      report.unread(file.toString(), e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        read(file);
      } else if (!attributes.isSymbolicLink()) {
        report.unread(file.toString(), new IOException("is no file"));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      report.unread(file.toString(), e);
      return FileVisitResult.CONTINUE;
    }
  }
}
