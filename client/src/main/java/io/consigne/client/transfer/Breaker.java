package io.consigne.client.transfer;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.Policy;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run of many files when the host refuses what will be refused for the others, too: a host
 * may lock out whoever goes on asking. What is about the key or the plan ends it at once; what else
 * is about the account or the host, or in words that are not known, does when {@link #ALIKE} of the
 * same kind and words came in a row. So does what is not found: 1fichier.com bans who goes on
 * asking for that. What is about single files, as a password, a name or its owner, never does. For
 * one run, whose threads share it.
 */
public final class Breaker {
  /** So many refusals alike, without a success between them, end a run. */
  public static final int ALIKE = 5;

  private @Nullable Refusal last;
  private int alike;
  private @Nullable Refusal ended;

  /** So many files in a row whose nodes are not reached end a run, be it one node alone. */
  static final int UNREACHED = 500;

  /** How many files in a row did not come since their node was not reached. */
  private int unreached;

  private final Set<String> unreachedNodes = new HashSet<>();

  /** A run that goes on. */
  public Breaker() {}

  /** The host has done something for a file. */
  public synchronized void succeeded() {
    alike = 0;
    unreached = 0;
    unreachedNodes.clear();
  }

  /**
   * The host has refused something.
   *
   * @param refused what it said
   * @throws RefusedException the same, if it is about the account: what is under way is to end, too
   */
  public void refused(RefusedException refused) throws RefusedException {
    saw(refused.refusal());
    if (most(refused.refusal()) == 1) {
      throw refused;
    }
  }

  /**
   * The host has refused something; what is under way may go on.
   *
   * @param refusal what it said
   */
  public synchronized void saw(Refusal refusal) {
    int most = most(refusal);
    if (most == Integer.MAX_VALUE) {
      return;
    }
    alike = isLikeLast(refusal) ? alike + 1 : 1;
    last = refusal;
    if (alike >= most && ended == null) {
      ended = refusal;
    }
  }

  private boolean isLikeLast(Refusal refusal) {
    Refusal before = last;
    return before != null
        && before.getClass() == refusal.getClass()
        && words(before).equals(words(refusal));
  }

  /** Without numbers, which may be sizes, or those of errors. */
  private static String words(Refusal refusal) {
    return refusal.said().text().replaceAll("[0-9]+", "");
  }

  /** How many alike end a run: none of what passes, or is about one file. */
  private static int most(Refusal refusal) {
    if (refusal.said().status() == 0) {
      return Integer.MAX_VALUE;
    }
    return switch (refusal) {
      case Refusal.NotAuthenticated _, Refusal.PlanNeeded _ -> 1;
      case Refusal.Flood _,
          Refusal.Unavailable _,
          Refusal.Damaged _,
          Refusal.TooLarge _,
          Refusal.Unchanged _,
          Refusal.PasswordNeeded _,
          Refusal.Conflict _,
          Refusal.Invalid _ ->
          Integer.MAX_VALUE;
      case Refusal.Denied denied -> isOfOneFile(denied) ? Integer.MAX_VALUE : ALIKE;
      case Refusal.NotFound _, Refusal.QuotaExceeded _, Refusal.NotOffered _, Refusal.Unknown _ ->
          ALIKE;
    };
  }

  /** What its owner, or the host, says of one file; not that a key or an address may do nothing. */
  private static boolean isOfOneFile(Refusal.Denied denied) {
    String words = denied.said().text().toLowerCase(Locale.ROOT);
    boolean ofKey = words.contains("this key") || words.contains("cdn");
    return !ofKey && (words.contains("resource not allowed") || words.contains("owner locked"));
  }

  /**
   * {@return whether an exception is about the host and not about one file: it is not reached, or
   * not trusted, and whatever else is asked of it ends so, too}
   *
   * @param e after the last try
   */
  public static boolean isForAll(IOException e) {
    return Policy.isForAll(e);
  }

  /**
   * {@return whether a failure of one file is one that the other files would meet, too} A node that
   * is not reached may have the bytes of one file alone; that {@link #ALIKE} different ones in a
   * row are not reached is about the host. So it is when as many files as one upload has find
   * nothing but nodes that are gone.
   *
   * @param e after the last try
   */
  public synchronized boolean isOfAll(IOException e) {
    if (e instanceof UnreachedNodeException gone) {
      unreachedNodes.add(gone.node());
      return ++unreached >= UNREACHED || unreachedNodes.size() >= ALIKE;
    }
    return isForAll(e);
  }

  /** {@return what has ended the run: nothing is begun any more; empty while it goes on} */
  public synchronized Optional<Refusal> ended() {
    return Optional.ofNullable(ended);
  }

  /** {@return whether the run has ended} */
  public boolean isEnded() {
    return ended().isPresent();
  }

  /** What a run does. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @throws IOException whatever {@link Breaker#refused} throws, or another
     */
    void run() throws IOException;
  }

  /**
   * Does something; that the run has ended is no failure.
   *
   * @param work that may be ended by {@link #refused}
   * @throws IOException any other that it throws
   */
  public void guard(Work work) throws IOException {
    try {
      work.run();
    } catch (RefusedException e) {
      if (!isEnded()) {
        throw e;
      }
    }
  }
}
