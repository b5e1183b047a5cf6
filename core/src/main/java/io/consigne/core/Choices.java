package io.consigne.core;

import io.consigne.core.hooks.HookLimits;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.links.Countries;
import io.consigne.core.mails.Mails;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.Posts;
import io.consigne.core.remote.source.Sources;
import io.consigne.core.uploads.Dedupe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the operator chose.
 *
 * @param countries tells where an address is
 * @param dedupe among which files equal bytes are stored once
 * @param limits which limits hold
 * @param defender whether who guesses is slowed
 * @param keeping how long files and records are kept
 * @param fetching how remote uploads are carried out
 * @param outside where the host goes by itself, and what it tells there
 */
public record Choices(
    Countries countries,
    Dedupe dedupe,
    LimitPolicy limits,
    boolean defender,
    Keeping keeping,
    Fetching fetching,
    Outside outside) {
  /**
   * Where the host goes by itself, and what it tells there.
   *
   * @param policy where it may go
   * @param posts tell webhooks
   * @param webhooks whether there are webhooks
   * @param limits how they are told
   * @param letterbox sends mails
   */
  public record Outside(
      FetchPolicy policy, Posts posts, boolean webhooks, HookLimits limits, Letterbox letterbox) {}

  /**
   * How mails are sent.
   *
   * @param mailsOrNull gives them to a server; null if there is none
   * @param originOrNull how the host is reached, for links in mails; null to leave them out
   */
  public record Letterbox(@Nullable Mails mailsOrNull, @Nullable String originOrNull) {
    /** No mails. */
    public static final Letterbox NONE = new Letterbox(null, null);
  }

  /**
   * How remote uploads are carried out.
   *
   * @param sources open what is fetched
   * @param atOnce how many fetches run at the same time; 0 if there are none
   * @param limits how they go about it
   */
  public record Fetching(Sources sources, int atOnce, RemoteLimits limits) {}

  /**
   * How long files and records are kept.
   *
   * @param retention whether files that nobody downloads are removed where the plan says so
   * @param auditKeep how old a line of the audit log becomes
   */
  public record Keeping(boolean retention, Duration auditKeep) {}
}
