package io.consigne.core;

import io.consigne.core.audit.AuditLimits;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.remote.source.FetchPolicy;

/** What operators choose in tests that are about something else. */
public final class UsualChoices {
  /** Files for ever, lines for the usual time. */
  public static final Choices.Keeping KEEPING =
      new Choices.Keeping(false, AuditLimits.DEFAULT.keep());

  /** Public addresses, and no webhooks. */
  public static final Choices.Outside UNTOLD =
      new Choices.Outside(
          FetchPolicy.DEFAULT,
          (asker, url, headers, json) -> {
            throw new IllegalStateException("webhooks are off");
          },
          false,
          HookLimits.DEFAULT,
          Choices.Letterbox.NONE);

  private UsualChoices() {}
}
