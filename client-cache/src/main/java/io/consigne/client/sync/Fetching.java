package io.consigne.client.sync;

import io.consigne.client.Client;
import io.consigne.client.cache.Listings;
import io.consigne.client.cache.Remembered;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps that change this machine. Nothing outside the folder is touched. */
final class Fetching {
  private final Client client;
  private final Listings listings;
  private final Path root;
  private final Progress progress;
  private final Breaker breaker;

  Fetching(Client client, Listings listings, Path root, Progress progress, Breaker breaker) {
    this.client = client;
    this.listings = listings;
    this.root = root;
    this.progress = progress;
    this.breaker = breaker;
  }

  private static boolean isUnchanged(LocalFile file) throws IOException {
    try {
      return file.isUnchanged();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Fetches a file, while the run goes on; several threads may. */
  Step.Fetch fetch(Step.Fetch step, Run.Ends ends) throws IOException {
    if (breaker.isEnded()) {
      return step;
    }
    RemoteFile file = step.file();
    FileLink link = file.link();
    if (link == null) {
      ends.failed(step, "its link is hidden");
      return step;
    }
    try {
      Path target = target(step.path());
      fetch(client.downloads().verified(DownloadSource.of(file)), target, step.replaced());
      var local =
          new Remembered(
              file.sizeBytes(),
              Files.getLastModifiedTime(target).toInstant(),
              file.checksums().sha256());
      listings.remember(Map.of(link, local));
      breaker.succeeded();
      ends.done(step);
    } catch (FileSystemException e) {
      ends.failed(step, reason(step, e));
    } catch (RefusedException e) {
      ends.failed(step, e.refusal().said().text());
      breaker.refused(e);
    } catch (IOException e) {
      if (breaker.isOfAll(e) || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      ends.failed(step, Objects.requireNonNullElseGet(e.getMessage(), e::toString));
    }
    return step;
  }

  /** In a sentence, which begins with the name of a file that is another than the step's. */
  private static String reason(Step step, FileSystemException e) {
    String told = e.getReason();
    if (told != null) {
      String name = String.valueOf(Path.of(e.getFile()).getFileName());
      boolean isOwn = ("/" + step.path()).endsWith("/" + name);
      return isOwn ? told : name + ": " + told;
    }
    return switch (e) {
      case FileAlreadyExistsException _ when isNoFile(Path.of(e.getFile())) ->
          "a folder or a symbolic link of that name is in its way";
      case FileAlreadyExistsException _ -> "a file of that name has come since it was compared";
      case AccessDeniedException _ -> "no permission: " + e.getFile();
      default -> e.toString();
    };
  }

  /** A comparison passes these over. */
  private static boolean isNoFile(Path path) {
    return !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Neither what changed after the comparison nor what came since is lost. */
  private void fetch(DownloadSource source, Path target, @Nullable LocalFile replaced)
      throws IOException {
    if (replaced == null) {
      client.downloads().fetch(source, target, Downloads.IfExists.FAIL, progress);
    } else {
      client.downloads().replace(source, target, () -> isUnchanged(replaced), progress);
    }
  }

  /** A host's names may say anything: none leads out of the folder, by dots or by links. */
  private Path target(String path) throws IOException {
    boolean leadsOut =
        Arrays.stream(path.split("/", -1))
            .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    if (leadsOut || path.indexOf('\0') >= 0) {
      throw new FileSystemException(path, null, "no name for a local file");
    }
    Path target = resolved(path);
    Path parent = target.getParent();
    for (Path folder = parent;
        folder != null && !folder.equals(root);
        folder = folder.getParent()) {
      if (Files.isSymbolicLink(folder)) {
        throw new FileSystemException(path, null, "a symbolic link is in its way");
      }
    }
    try {
      Files.createDirectories(parent);
    } catch (FileAlreadyExistsException e) {
      throw new FileSystemException(path, null, "a file is where its folder is to be");
    }
    return target;
  }

  private Path resolved(String path) throws IOException {
    try {
      return root.resolve(path);
    } catch (InvalidPathException e) {
      throw new FileSystemException(path, null, "no name for a local file");
    }
  }

  void remove(Step.RemoveLocal step, Run.Ends ends) throws IOException {
    try {
      if (!isUnchanged(step.file())) {
        ends.failed(step, "the file has changed since it was compared");
        return;
      }
      Files.delete(step.file().file());
    } catch (FileSystemException e) {
      ends.failed(step, reason(step, e));
      return;
    }
    ends.done(step);
  }
}
