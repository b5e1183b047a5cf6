package io.consigne.core.failure;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation was refused or could not be done. Each front maps every kind in a {@code switch}
 * without {@code default}, so that a new kind does not compile until each front answers it.
 */
public sealed interface Failure {
  /** One sentence that names the thing and shows the value; never a secret. */
  String message();

  /** This failure as something to throw. */
  default FailureException asException() {
    return new FailureException(this);
  }

  /** Nobody, or nobody any more, is known by the given key or password. */
  record NotAuthenticated() implements Failure {
    @Override
    public String message() {
      return "Not authenticated";
    }
  }

  /** The account's plan does not include what was asked. */
  record PlanLacks(String what) implements Failure {
    @Override
    public String message() {
      return "The plan of this account does not include " + what;
    }
  }

  /** The thing is missing, belongs to somebody else, or may not be known: all alike. */
  record NotFound() implements Failure {
    @Override
    public String message() {
      return "Resource not found";
    }
  }

  /** A link or share opens the thing, but only with a password, and none was given. */
  record PasswordMissing() implements Failure {
    @Override
    public String message() {
      return "Password not provided";
    }
  }

  /** A link or share opens the thing, but not with this password. */
  record PasswordWrong() implements Failure {
    @Override
    public String message() {
      return "Invalid password";
    }
  }

  /** The caller sees the thing, but its rules or the caller's rights forbid this operation. */
  record NotAllowed(String what) implements Failure {
    @Override
    public String message() {
      return "Not allowed: " + what;
    }
  }

  /** The owner's rules do not let the caller in; not which of them, that would tell who is. */
  record NotAdmitted() implements Failure {
    @Override
    public String message() {
      return "This file is only for some accounts, addresses or countries";
    }
  }

  /** An input does not obey its rule. */
  record Invalid(String field, String value, String rule) implements Failure {
    @Override
    public String message() {
      return withoutValue() + (value.isEmpty() ? "" : ": " + value);
    }

    /** The message for those who are not to see the value. */
    public String withoutValue() {
      return field + " " + rule;
    }
  }

  /** The state of the thing forbids the operation, such as removing a folder that holds files. */
  record Conflict(String what) implements Failure {
    @Override
    public String message() {
      return what;
    }
  }

  /** The operation would leave everything as it is. */
  record NothingChanged(What what) implements Failure {
    @Override
    public String message() {
      return what.sentence;
    }

    /** What is so already. */
    public enum What {
      FILE_PLACES("Every file is there under that name already"),
      FILE_ATTRIBUTES("Every file is as wished already"),
      FOLDER_PLACE("The folder is there under that name already"),
      FETCHES_ENDED("All fetches of this request have ended"),
      NO_FETCH_FAILED("No fetch of this request has failed");

      private final String sentence;

      What(String sentence) {
        this.sentence = sentence;
      }
    }
  }

  /**
   * The folder's owner has no room for this many bytes.
   *
   * @param told whether the caller may see how much is left
   */
  record QuotaExceeded(long neededBytes, long availableBytes, boolean told) implements Failure {
    /** As its owner sees it. */
    public QuotaExceeded(long neededBytes, long availableBytes) {
      this(neededBytes, availableBytes, true);
    }

    /** This failure as it is told to those who are not to see how much is left. */
    public QuotaExceeded untold() {
      return new QuotaExceeded(neededBytes, availableBytes, false);
    }

    @Override
    public String message() {
      String figures = ": " + neededBytes + " bytes needed, " + availableBytes + " left";
      return "Storage quota exceeded" + (told ? figures : "");
    }
  }

  /** The folder's owner has no room for so many files and folders. */
  record TooManyItems(long allowed) implements Failure {
    @Override
    public String message() {
      return "Quota exceeded: an account can hold "
          + allowed
          + " files and folders; remove some, or ask the host's operator for more";
    }
  }

  /** A limit of the typed table was passed. */
  record TooLarge(String what, long value, long limit) implements Failure {
    @Override
    public String message() {
      return what + " is too large: " + value + ", the limit is " + limit;
    }
  }

  /** The store has no room, whatever the quotas say. */
  record StoreFull() implements Failure {
    @Override
    public String message() {
      return "The server's disk is full";
    }
  }

  /**
   * The stored bytes are not those that were accepted, or are gone. {@code where} is for the log.
   */
  record Rotten(String where) implements Failure {
    @Override
    public String message() {
      return "The stored content is damaged and was not served";
    }
  }

  /** The server cannot do it now; the same request may succeed later. */
  record Unavailable(String what, Duration retryAfter) implements Failure {
    @Override
    public String message() {
      return what;
    }
  }

  /**
   * Too many wrong passwords or unknown keys: nothing more is tried until then.
   *
   * @param until when the next try is looked at
   * @param retryAfter the same as a duration
   */
  record Locked(Instant until, Duration retryAfter) implements Failure {
    @Override
    public String message() {
      return "Too many wrong passwords or keys: nothing is tried until "
          + until.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /**
   * Too many calls at once; waiting so long helps.
   *
   * @param who is too fast: one key, all keys of an account, or all callers of an address
   * @param lockedUntilOrNull until when nothing at all is answered, null if only the rate is over
   */
  record TooFast(Who who, Duration retryAfter, @Nullable Instant lockedUntilOrNull)
      implements Failure {
    @Override
    public String message() {
      return "Too many calls of this " + who.name().toLowerCase(Locale.ROOT);
    }

    /** Who can be too fast. */
    public enum Who {
      KEY,
      ACCOUNT,
      ADDRESS
    }
  }

  /**
   * A bounded number of transfers, of calls at once or of fetches is used up or in use; waiting so
   * long helps, or may help.
   */
  record AllowanceUsed(String what, Duration retryAfter) implements Failure {
    @Override
    public String message() {
      return what;
    }
  }

  /** This host, or this version of it, does not offer the function. */
  record NotOffered(String what) implements Failure {
    @Override
    public String message() {
      return what + " is not offered by this host";
    }
  }
}
