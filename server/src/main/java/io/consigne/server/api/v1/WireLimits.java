package io.consigne.server.api.v1;

import io.consigne.core.uploads.UploadForm;
import java.time.Duration;

/** How much one request of this wire may ask for: the table of the front's limits. */
final class WireLimits {
  /** The largest JSON body, in bytes. */
  static final int JSON_BODY_BYTES = 4 * 1024 * 1024;

  /** The largest JSON body that is taken without a key, in bytes. */
  static final int OPEN_JSON_BODY_BYTES = 16 * 1024;

  /** A JSON body from this size on waits for its turn. */
  static final int LARGE_JSON_BODY_BYTES = 64 * 1024;

  /** How many large JSON bodies come at once, of one account one. */
  static final int LARGE_JSON_BODIES_COMING = 8;

  /** How many more of one account wait, of which the begin is held; further ones are refused. */
  static final int LARGE_JSON_BODIES_WAITING = 8;

  /** How many of them are used at once. */
  static final int LARGE_JSON_BODIES = 4;

  /** How long a large JSON body waits for its turn. */
  static final Duration LARGE_JSON_PATIENCE = Duration.ofSeconds(10);

  /** When it is of use to come again with one that waited in vain. */
  static final Duration LARGE_JSON_RETRY_AFTER = Duration.ofSeconds(5);

  /** How long one that came waits for a place of its account while that has all its places. */
  static final Duration LARGE_JSON_HELD = Duration.ofSeconds(1);

  /** How long a JSON body or a form may take to arrive. */
  static final Duration BODY_TIME = Duration.ofSeconds(60);

  /** How deep a JSON body may be nested. */
  static final int JSON_DEPTH = 20;

  /** The most names, values and brackets of a JSON body. */
  static final int JSON_TOKENS = 200_000;

  /** The largest posted form without files, in bytes. */
  static final int FORM_BYTES = 64 * 1024;

  /** The most files that one call may name. */
  static final int FILES_PER_CALL = 1_000;

  /** The most files that one call may open by a password: each costs much processor time. */
  static final int PASSWORDS_PER_CALL = 20;

  /** The most files of a public folder that its page sorts by name. */
  static final int SORTED_FILES = 2_000;

  /** The most accounts that a folder can be opened to. */
  static final int SHARES_PER_FOLDER = 1_000;

  /** The most networks, countries or e-mails of a rule. */
  static final int RULES_PER_KIND = 100;

  /** The most characters of all rules of a file together. */
  static final int RULES_LENGTH = 4_000;

  /** How many years ahead the end of a link may be. */
  static final int LINK_YEARS = 10;

  /** The most links that {@code check_links.pl} tells about (reference: 13.2). */
  static final int LINKS_PER_CHECK = 100;

  /** The shortest password of a file or folder, in characters (reference: 2.7). */
  static final int SHORTEST_PASSWORD = 6;

  /** The longest password of a file or folder, in characters. */
  static final int LONGEST_PASSWORD = 250;

  /** The longest description of a file, in characters. */
  static final int DESCRIPTION_LENGTH = 2_000;

  /** The highest domain id (reference: 2.1). */
  static final int LAST_DOMAIN = UploadForm.LAST_DOMAIN;

  /** The most parts of an upload, fields and files together. */
  static final int UPLOAD_PARTS = 2_100;

  /** The most bytes of headers of one part of an upload. */
  static final int PART_HEADER_BYTES = 16 * 1024;

  /** The largest plain field of an upload, in bytes. */
  static final int UPLOAD_FIELD_BYTES = 16 * 1024;

  /** How much all plain fields of an upload have together, also those that nobody knows. */
  static final int UPLOAD_FIELDS_BYTES = 256 * 1024;

  /** How much of a refused upload is read of a stranger before the connection ends. */
  static final long STRANGER_DRAIN_BYTES = 64L << 20;

  /** How much of a refused upload is read of a known caller: a whole one (reference: 2.7). */
  static final long KNOWN_DRAIN_BYTES = 500_000_000_000L;

  /** How long the report of an upload waits for the Whirlpool of its files. */
  static final Duration REPORT_PATIENCE = Duration.ofSeconds(2);

  /** Of how many files a report is answered without a place: it fits into the buffer to write. */
  static final int SHORT_REPORT_FILES = 16;

  /** How many uploads at once have a large buffer; others get along with a small one. */
  static final int LARGE_UPLOAD_BUFFERS = 256;

  /** The small buffer, in bytes; also that of strangers. */
  static final int SMALL_UPLOAD_BUFFER_BYTES = 32 * 1024;

  /** The most keys of one report of found keys. */
  static final int REPORTED_KEYS = 100;

  /** What the time of the answer to such a report is a multiple of. */
  static final Duration REPORT_STEP = Duration.ofMillis(250);

  /** How many lines of a log are told unless a call says otherwise. */
  static final long LOG_LINES = 100;

  /** For how many days it is told what was done with a key unless a call says otherwise. */
  static final long KEY_DAYS = 7;

  /** The longest number of a JSON body, in digits when it is written out. */
  static final int NUMBER_LENGTH = 40;

  /** How often it is looked whether a download under way is still open: it costs a query. */
  static final Duration DOWNLOAD_LOOK = Duration.ofSeconds(2);

  /** How long a download waits for what a look finds before it goes on meanwhile. */
  static final Duration DOWNLOAD_LOOK_AWAITED = Duration.ofMillis(250);

  /** How long it is not looked after the database could not be asked. */
  static final Duration DOWNLOAD_LOOK_IN_VAIN = Duration.ofMinutes(1);

  private WireLimits() {}
}
