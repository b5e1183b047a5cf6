package io.consigne.core;

import java.time.Duration;

/** How often a host does what it does by itself, and how much at a time: the table of that. */
public final class HostLimits {
  /** How long what was removed stays, since a reader may be about to open it. */
  public static final Duration COLLECTION_GRACE = Duration.ofMinutes(10);

  /** Between two collections, and two removals of old reports. */
  public static final Duration COLLECTION_PAUSE = Duration.ofMinutes(1);

  /** Between two looks for accounts that are to be removed. */
  public static final Duration ACCOUNTS_PAUSE = Duration.ofSeconds(5);

  /** After this time, a copy of the database is known as older than the store in any case. */
  public static final Duration AGE_PAUSE = Duration.ofMinutes(10);

  /** After this time, a copy of the database is known as older if bytes were stored since. */
  public static final Duration AGE_LOOK = Duration.ofSeconds(5);

  /** Between two removals of old lines of the audit log. */
  public static final Duration AUDIT_PAUSE = Duration.ofHours(1);

  /** Between two sweeps of store files that nothing was made of. */
  public static final Duration SWEEP_PAUSE = Duration.ofSeconds(5);

  /** Between two steps of compaction. */
  public static final Duration COMPACTION_PAUSE = Duration.ofSeconds(10);

  /** How often it is written down what was transferred, downloaded and refused. */
  public static final Duration TRANSFERS_PAUSE = Duration.ofMinutes(1);

  /** Between two removals of old remote uploads. */
  public static final Duration REQUESTS_PAUSE = Duration.ofHours(1);

  /** Between two removals of old messages. */
  public static final Duration MESSAGES_PAUSE = Duration.ofMinutes(10);

  /** Between two looks for files that nobody downloads. */
  public static final Duration RETENTION_PAUSE = Duration.ofHours(1);

  /** When a hash that could not be computed is tried again. */
  public static final Duration HASH_RETRY = Duration.ofMinutes(5);

  /** How many threads compute hashes. */
  public static final int HASH_THREADS = 1;

  /** How many passwords are hashed at a time. */
  public static final int PASSWORDS_AT_ONCE = 4;

  private HostLimits() {}
}
