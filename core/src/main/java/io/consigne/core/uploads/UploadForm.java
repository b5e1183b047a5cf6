package io.consigne.core.uploads;

import io.consigne.core.tree.FolderRef;
import org.jspecify.annotations.Nullable;

/**
 * What an upload says about all its files (contract: 1fichier-api, section 9.2). It counts as it is
 * at the end of the body, since fields may follow the files.
 *
 * @param folder where the files go; one that the sender does not see stands for the root of what it
 *     sees; without meaning for a guest
 * @param domain the domain id of the links, 0 to 10
 * @param password Argon2id hash of the password that opens the links, or null
 * @param recipient e-mail of the account into whose folder {@code incoming} a guest's files go, or
 *     null; without meaning for an identified sender
 */
public record UploadForm(
    FolderRef folder, int domain, @Nullable String password, @Nullable String recipient) {
  /** Files into the root, without anything else. */
  public static final UploadForm PLAIN = new UploadForm(FolderRef.ROOT, 0, null, null);

  /** The highest number of a domain; the lowest is 0. */
  public static final int LAST_DOMAIN = 10;

  /** Refuses a domain id that is none. */
  public UploadForm {
    if (domain < 0 || domain > LAST_DOMAIN) {
      throw new IllegalArgumentException("domain must be 0 to 10: " + domain);
    }
  }

  @Override
  public String toString() {
    return "UploadForm[folder=%s, domain=%d, recipient=%s]".formatted(folder, domain, recipient);
  }
}
