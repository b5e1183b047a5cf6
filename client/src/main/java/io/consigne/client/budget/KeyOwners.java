package io.consigne.client.budget;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys open all of one account of a host, as far as the host has told it: a file for each,
 * which the processes of a machine share and only its owner reads, with a hash of the account's
 * address. Keys are named by their fingerprints. What cannot be read or written is not known.
 */
public final class KeyOwners {
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final String SUFFIX = ".owner";

  private final Path directory;
  private final String prefix;

  /**
   * Remembers in a directory.
   *
   * @param directory that is made when something is told
   * @param host whose keys they are
   */
  public KeyOwners(Path directory, String host) {
    this.directory = directory.toAbsolutePath();
    this.prefix = host + "-";
  }

  /**
   * {@return whether it is known that a key opens all of an account}
   *
   * @param key which
   * @param email of the account
   */
  public boolean isKnown(String key, String email) {
    return hash(email).equals(owner(file(key)));
  }

  /**
   * Remembers that a key opens all of an account, if that is possible.
   *
   * @param key which; never one that is restricted
   * @param email of the account
   */
  public void remember(String key, String email) {
    try {
      Files.createDirectories(directory);
      Path next = Files.createTempFile(directory, "owner", "", OWNER);
      try {
        Files.writeString(next, hash(email));
        Files.move(
            next, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Then each key stands for itself.
    }
  }

  /**
   * {@return other keys that open all of the account that this one opens, always in one order}
   *
   * @param key which; one of which nothing is known is like no other
   */
  public List<String> alike(String key) {
    String account = owner(file(key));
    if (account == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> isOfHost(file) && !file.equals(file(key)))
          .filter(file -> account.equals(owner(file)))
          .map(file -> String.valueOf(file.getFileName()))
          .map(name -> name.substring(prefix.length(), name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private boolean isOfHost(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(prefix)
        && name.endsWith(SUFFIX)
        && name.substring(prefix.length(), name.length() - SUFFIX.length()).matches("[0-9a-f]{12}");
  }

  private Path file(String key) {
    return directory.resolve(prefix + key + SUFFIX);
  }

  private static @Nullable String owner(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return null;
    }
  }

  private static String hash(String email) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(email.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
