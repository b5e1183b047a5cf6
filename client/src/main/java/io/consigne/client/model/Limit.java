package io.consigne.client.model;

import java.time.Duration;

/** How often 1fichier.com wants to be asked what (its own documentation, 2025). */
public enum Limit {
  /** Any call: at most 3 in a second; careful clients get along with fewer. */
  CALL(Duration.ofMillis(400)),
  /** The listing of one folder. */
  FOLDER(Duration.ofSeconds(30)),
  /** The listing of all files of an account. */
  ALL_FILES(Duration.ofHours(1)),
  /** What {@code user/info.cgi} tells of one account. */
  ACCOUNT(Duration.ofMinutes(5)),
  /** {@code user/info.cgi} from one address, whatever the account. */
  ACCOUNTS_OF_ADDRESS(Duration.ofMinutes(1));

  private final Duration interval;

  Limit(Duration interval) {
    this.interval = interval;
  }

  /** {@return the least time between two of them} */
  public Duration interval() {
    return interval;
  }
}
