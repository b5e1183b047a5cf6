package io.consigne.client.budget;

import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountInfo.Cdn;
import io.consigne.client.model.AccountInfo.Offer;
import io.consigne.client.model.AccountInfo.Storage;
import io.consigne.client.model.AccountSeen;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What a host last told of an account, in a file that the processes of a machine share and only its
 * owner reads. One that is missing or damaged, or that cannot be written, costs a call.
 */
public final class AccountMemory {
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;

  /**
   * Remembers in {@code file}.
   *
   * @param file that is made when something is told
   */
  public AccountMemory(Path file) {
    this.file = file;
  }

  /** {@return what was told; empty if that is not known} */
  public Optional<AccountSeen> read() {
    var values = new Properties();
    try {
      values.load(new StringReader(Files.readString(file)));
      return Optional.of(
          new AccountSeen(account(values), Instant.parse(values.getProperty("asked", ""))));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static AccountInfo account(Properties values) {
    String end = values.getProperty("subscriptionEnd", "");
    return new AccountInfo(
        values.getProperty("email", ""),
        Offer.valueOf(values.getProperty("offer", "")),
        end.isEmpty() ? null : Instant.parse(end),
        new Storage(
            number(values, "hotBytes"),
            number(values, "coldBytes"),
            number(values, "allowedColdBytes"),
            number(values, "availableBytes")),
        new Cdn(
            Double.parseDouble(values.getProperty("cdnGigabytes", "")),
            Boolean.parseBoolean(values.getProperty("cdnUsed"))),
        Boolean.parseBoolean(values.getProperty("uploadForbidden")));
  }

  private static long number(Properties values, String name) {
    return Long.parseLong(values.getProperty(name, ""));
  }

  /**
   * Remembers what was told, if that is possible.
   *
   * @param seen what was told, and when
   */
  public void write(AccountSeen seen) {
    var text = new StringWriter();
    try {
      values(seen).store(text, null);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "account", "", OWNER);
      Files.writeString(next, text.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      // The next process asks again, when the limits allow it.
    }
  }

  private static Properties values(AccountSeen seen) {
    AccountInfo account = seen.account();
    Storage storage = account.storage();
    var values = new Properties();
    values.setProperty("asked", seen.asked().toString());
    values.setProperty("email", account.email());
    values.setProperty("offer", account.offer().name());
    Instant end = account.subscriptionEnd();
    values.setProperty("subscriptionEnd", end == null ? "" : end.toString());
    values.setProperty("hotBytes", Long.toString(storage.hotBytes()));
    values.setProperty("coldBytes", Long.toString(storage.coldBytes()));
    values.setProperty("allowedColdBytes", Long.toString(storage.allowedColdBytes()));
    values.setProperty("availableBytes", Long.toString(storage.availableBytes()));
    values.setProperty("cdnGigabytes", Double.toString(account.cdn().creditGigabytes()));
    values.setProperty("cdnUsed", Boolean.toString(account.cdn().used()));
    values.setProperty("uploadForbidden", Boolean.toString(account.uploadForbidden()));
    return values;
  }
}
