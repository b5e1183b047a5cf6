package io.consigne.core.accounts;

import io.consigne.core.failure.Failure;
import java.util.Locale;
import java.util.Optional;

/**
 * A number that the owner of an account may choose. The names, and what the numbers mean, are those
 * of 1fichier's {@code user/info.cgi}, but where it says so.
 */
public enum Setting {
  /** FTP deposits: 0 taken in at once, 1 on demand. */
  FTP_MODE(0, 1, 0),
  /** The folder that receives FTP deposits. */
  FTP_DID(0, Long.MAX_VALUE, 0),
  /** 1: a mail after FTP deposits. */
  FTP_REPORT(0, 1, 0),
  /** 1: a mail after a remote upload. */
  RU_REPORT(0, 1, 0),
  /** The domain id of new links. */
  DEFAULT_DOMAIN(0, 10, 0),
  /** Files a page in the web console. */
  PAGE_LIMIT(1, 1000, 100),
  /** Own downloads: 0 HTTPS, 1 HTTP. */
  DEFAULT_PORT(0, 1, 0),
  /** Others' downloads: 0 HTTPS, 1 HTTP. */
  DEFAULT_PORT_FILES(0, 1, 0),
  /** 1: spend CDN credits on own downloads. */
  USE_CDN(0, 1, 0),
  /** 1: show a page with a button instead of a direct redirect. */
  DOWNLOAD_MENU(0, 1, 0),
  /** 1: what guests upload for the account is taken, on a host that takes guests; our own. */
  INCOMING(0, 1, 1);

  private final long least;
  private final long most;
  private final long standard;

  Setting(long least, long most, long standard) {
    this.least = least;
    this.most = most;
    this.standard = standard;
  }

  /** The name on the wire, as {@code page_limit}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of who chose nothing. */
  public long standard() {
    return standard;
  }

  /** The setting of that name, if there is one. */
  public static Optional<Setting> named(String wireName) {
    for (Setting setting : values()) {
      if (setting.wireName().equals(wireName)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses a value out of range.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}
   */
  public void check(long value) {
    if (value < least || value > most) {
      String rule =
          most == Long.MAX_VALUE
              ? "must be at least " + least
              : "must be a number from " + least + " to " + most;
      throw new Failure.Invalid(wireName(), Long.toString(value), rule).asException();
    }
  }
}
