package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * What a request of Mallory is about. Each kind has an account of its own, whose every name says
 * {@code zqx} and the kind, so that a name in the wrong answer is seen.
 */
enum IsolationTarget {
  /** Her own. */
  OWN,
  /** Nothing: what all that she may not know is compared with. */
  MISSING,
  /** Another's, and not shared with her. */
  FOREIGN,
  /** Below a root that is shared with her for reading. */
  READ_ONLY,
  /** The same, without links. */
  HIDDEN,
  /** Below a root that is shared with her for writing. */
  WRITABLE,
  /** Beside a folder that is shared with her for writing. */
  BESIDE,
  /** Below a root that was shared with her for writing, and no longer is. */
  UNSHARED,
  /** Below a root that is shared with her, of an account that is closed. */
  DISABLED,
  /** Was in a folder that was shared with her; file and folder are gone. */
  DELETED,
  /** Was below a root that was shared with her; the account is gone. */
  REMOVED,
  /** Another's, under a password. */
  LOCKED,
  /** Another's, whose link is for somebody else alone. */
  RULED,
  /** Another's, whose link has ended by itself. */
  ENDED;

  /** The markers that an answer about this may have, if it opens. */
  Set<String> markers() {
    return this == OWN
        ? Set.of(
            OWN.marker(), READ_ONLY.marker(), HIDDEN.marker(), WRITABLE.marker(), BESIDE.marker())
        : Set.of(marker());
  }

  /** The marker in every name. */
  String marker() {
    return "zqx" + name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** What the restricted key of the account is called. */
  String keyName() {
    return marker() + "key";
  }

  /**
   * What requests name.
   *
   * @param folder of the file
   * @param link of the file
   * @param dir token of the folder's public address
   * @param report id of the file's upload
   * @param download token for the file
   * @param email of the account
   * @param request a remote upload into the folder
   * @param webhook of the account
   * @param key a restricted one of the account, by its number
   */
  record Names(
      long folder,
      String link,
      String dir,
      String report,
      String download,
      String email,
      long request,
      long webhook,
      long key) {

    /** A request with these names in it. */
    String fill(String template, IsolationTarget target) {
      return template
          .replace("{folder}", Long.toString(folder))
          .replace("{link}", "http://files.example.org/?" + link)
          .replace("{id}", link)
          .replace("{dir}", dir)
          .replace("{report}", report)
          .replace("{download}", download)
          .replace("{email}", email)
          .replace("{request}", Long.toString(request))
          .replace("{webhook}", Long.toString(webhook))
          .replace("{key}", Long.toString(key))
          .replace("{keyname}", target.keyName())
          .replace("{login}", login(email))
          .replace("{file}", target.marker() + ".txt");
    }

    /** What a guess at the password of an account looks like in a header. */
    private static String login(String email) {
      return Base64.getEncoder().encodeToString((email + ":guess12").getBytes(UTF_8));
    }

    /** An answer without what the request had already said. */
    String withoutEcho(String answer) {
      String bare = answer.replace(link, "LINK").replace(report, "REPORT");
      return bare.replaceAll("\r\n[0-9a-f]+\r\n(?=[^\r])", "")
          .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME")
          .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME")
          .replaceAll("(available_[a-z_]+\":)[0-9]+", "$1ROOM")
          .replaceAll("xid=[0-9A-Za-z]{10}\\b", "xid=NEW")
          .replaceAll("\"id\":\"[0-9A-Za-z]{10}\"", "\"id\":NEW");
    }
  }

  /** How a request about a target ends. */
  enum Outcome {
    /** Byte for byte as about nothing. */
    AS_MISSING,
    /** With 2xx or 3xx: a link, a share or ownership opens it. */
    OPENS,
    /** With 2xx, but without any name: a link tells that there is something. */
    TOLD,
    /** With 403: she sees it, and may not do this. */
    SEEN,
    /** With 400 or 409: she might, but it makes no sense. */
    CONFLICT;

    boolean fits(int status, boolean asMissing) {
      return switch (this) {
        case AS_MISSING -> asMissing;
        case OPENS, TOLD -> status >= 200 && status < 400 && !asMissing;
        case SEEN -> status == 403;
        case CONFLICT -> status == 400 || status == 409;
      };
    }
  }
}
