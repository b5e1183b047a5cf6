package io.consigne.server;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.keys.ApiKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new host its first account, {@code admin}. Closing takes the account away again unless it
 * was kept: a start that fails shows no key, so it must not leave an account behind whose key
 * nobody has seen.
 */
final class FirstStart implements AutoCloseable {
  private final Domain domain;
  private Key made = Key.NONE;

  FirstStart(Domain domain) {
    this.domain = domain;
  }

  /**
   * Makes the account {@code admin} with a master key if the host has no account yet but the one
   * that stands for guests.
   *
   * @param keyFile a new file for the key, readable for this user alone; null to return it
   * @throws IOException if the file exists already or cannot be written; no account is made then
   */
  Key run(@Nullable Path keyFile) throws IOException {
    if (!domain.accounts().list().stream().allMatch(FirstStart::isGuests)) {
      return Key.NONE;
    }
    if (keyFile == null) {
      made = new Key(Optional.of(make()), Optional.empty());
      return made;
    }
    try (FileChannel file = open(keyFile)) {
      made = new Key(Optional.empty(), Optional.of(keyFile));
      ByteBuffer line =
          ByteBuffer.wrap((make().reveal() + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(true);
    }
    Directories.sync(Objects.requireNonNull(keyFile.toAbsolutePath().getParent()));
    return made;
  }

  private static boolean isGuests(Account account) {
    return account.email().equals(Accounts.GUESTS);
  }

  private ApiKey make() {
    Account admin = domain.accounts().add(Accounts.ADMIN, Plan.GOLD, null);
    return domain.keys().regenerate(admin.id());
  }

  private static FileChannel open(Path keyFile) throws IOException {
    try {
      return FileChannel.open(
          keyFile,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("The file for the first key exists already: " + keyFile, e);
    }
  }

  /** The host has started: what was made stays. */
  void keep() {
    made = Key.NONE;
  }

  @Override
  public void close() throws IOException {
    if (made.equals(Key.NONE)) {
      return;
    }
    domain.accounts().find(Accounts.ADMIN).ifPresent(admin -> domain.removal().remove(admin.id()));
    if (made.file().isPresent()) {
      Files.deleteIfExists(made.file().get());
    }
  }

  /**
   * Where the first key is.
   *
   * @param shown to be shown once; empty if no key was made, or it is in a file
   * @param file the file that has it; empty if there is none
   */
  record Key(Optional<ApiKey> shown, Optional<Path> file) {
    static final Key NONE = new Key(Optional.empty(), Optional.empty());
  }
}
