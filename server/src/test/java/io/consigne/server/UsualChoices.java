package io.consigne.server;

import io.consigne.core.Choices;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.db.PostgresAddress;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.links.Countries;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.uploads.Dedupe;
import io.consigne.server.config.HostConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators choose in tests that are about something else. */
public final class UsualChoices {
  /** Files for ever, lines for the usual time. */
  public static final Choices.Keeping KEEPING =
      new Choices.Keeping(false, AuditLimits.DEFAULT.keep());

  /** The host fetches and tells as it does unless told otherwise. */
  public static final HostConfig.Fetches FETCHES =
      new HostConfig.Fetches(16, List.of(), Set.of(), Set.of(), true);

  private static final HostConfig.Scrubbing NO_SCRUB =
      new HostConfig.Scrubbing(Duration.ZERO, Long.MAX_VALUE);

  private UsualChoices() {}

  /** Choices without limits, retention, remote uploads and webhooks, but with a defender. */
  public static Choices choices() {
    return new Choices(
        Countries.NONE,
        Dedupe.ACCOUNT,
        LimitPolicy.OFF,
        true,
        KEEPING,
        new Choices.Fetching(
            request -> {
              throw new IllegalStateException("remote uploads are off");
            },
            0,
            RemoteLimits.DEFAULT),
        new Choices.Outside(
            FetchPolicy.DEFAULT,
            (asker, url, headers, json) -> {
              throw new IllegalStateException("webhooks are off");
            },
            false,
            HookLimits.DEFAULT,
            Choices.Letterbox.NONE));
  }

  /** Storage with its own database, which is not read again by itself. */
  public static HostConfig.Storage storage(Path data) {
    return storage(data, null);
  }

  /** Storage that is not read again by itself. */
  public static HostConfig.Storage storage(Path data, @Nullable PostgresAddress db) {
    return new HostConfig.Storage(data, db, Dedupe.ACCOUNT, NO_SCRUB);
  }

  /** With the usual watch, and nothing removed but old lines of the audit log. */
  public static HostConfig.Rules rules(boolean limits, boolean guests, @Nullable Path countryDb) {
    var watch = new HostConfig.Watch(true, HostConfig.FloodStyle.WAIT);
    return rules(limits, guests, countryDb, watch);
  }

  /** With nothing removed but old lines of the audit log. */
  public static HostConfig.Rules rules(
      boolean limits, boolean guests, @Nullable Path countryDb, HostConfig.Watch watch) {
    var keeping = new HostConfig.Keeping(false, Duration.ofDays(400));
    return new HostConfig.Rules(limits, guests, countryDb, watch, keeping, FETCHES, null);
  }
}
