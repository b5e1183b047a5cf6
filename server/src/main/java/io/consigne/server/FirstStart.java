package io.consigne.server;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.FirstKey;
import io.consigne.core.accounts.Plan;
import io.consigne.core.keys.ApiKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new host its first account, {@code admin}. Closing takes the account away again unless it
 * was kept: a start that fails shows no key, so it must not leave an account behind whose key
 * nobody has seen. After one that was killed, the next start makes the key anew.
 */
final class FirstStart implements AutoCloseable {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> FOR_THIS_USER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String SHOWN = "shown";

  private final Domain domain;
  private final FirstKey firstKey;
  private Key made = Key.NONE;

  FirstStart(Domain domain, FirstKey firstKey) {
    this.domain = domain;
    this.firstKey = firstKey;
  }

  /**
   * Makes the account {@code admin} with a master key if the host has no account yet but the one
   * that stands for guests, or nobody has seen the key of an earlier start.
   *
   * @param keyFile a new file for the key, readable for this user alone; null to return it
   * @throws IOException if the file exists already or cannot be written; no account is made then
   */
  Key run(@Nullable Path keyFile) throws IOException {
    Optional<String> unseen = firstKey.unseen();
    if (unseen.isEmpty() && !domain.accounts().list().stream().allMatch(FirstStart::isGuests)) {
      return Key.NONE;
    }
    if (keyFile == null) {
      made = new Key(make(SHOWN), null);
      return made;
    }
    String place = keyFile.toAbsolutePath().toString();
    if (Files.exists(keyFile) && !unseen.equals(Optional.of(place))) {
      throw new IOException("The file for the first key exists already: " + keyFile);
    }
    write(keyFile, place);
    return made;
  }

  /** The file comes to its place when the key is in it, durably. */
  private void write(Path keyFile, String place) throws IOException {
    Path unfinished = unfinished(keyFile);
    Files.deleteIfExists(unfinished);
    try (FileChannel file = FileChannel.open(unfinished, NEW, FOR_THIS_USER)) {
      made = new Key(null, keyFile);
      ByteBuffer line =
          ByteBuffer.wrap((make(place).reveal() + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(true);
    }
    Files.move(unfinished, keyFile, StandardCopyOption.ATOMIC_MOVE);
    Directories.sync(Objects.requireNonNull(keyFile.toAbsolutePath().getParent()));
  }

  private static Path unfinished(Path keyFile) {
    return keyFile.resolveSibling(keyFile.getFileName() + ".new");
  }

  private static boolean isGuests(Account account) {
    return account.email().equals(Accounts.GUESTS);
  }

  private ApiKey make(String place) {
    firstKey.begin(place);
    Account admin =
        domain
            .accounts()
            .find(Accounts.ADMIN)
            .orElseGet(() -> domain.accounts().add(Accounts.ADMIN, Plan.GOLD, null));
    return domain.keys().regenerate(admin.id());
  }

  /** The host has started: what was made stays. */
  void keep() {
    if (made.fileOrNull() != null) {
      firstKey.end();
    }
    made = Key.NONE;
  }

  @Override
  public void close() throws IOException {
    if (made.equals(Key.NONE)) {
      return;
    }
    domain.accounts().find(Accounts.ADMIN).ifPresent(admin -> domain.removal().remove(admin.id()));
    Path file = made.fileOrNull();
    if (file != null) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(unfinished(file));
    }
    firstKey.end();
  }

  /**
   * Where the first key is.
   *
   * @param shownOrNull to be shown once; null if no key was made, or it is in a file
   * @param fileOrNull the file that has it; null if there is none
   */
  record Key(@Nullable ApiKey shownOrNull, @Nullable Path fileOrNull) {
    static final Key NONE = new Key(null, null);
  }
}
