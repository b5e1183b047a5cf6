package io.consigne.core.hooks;

import io.consigne.core.db.Database;
import io.consigne.core.remote.source.FetchPolicy;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What webhooks work with.
 *
 * @param database holds them
 * @param random draws their secrets
 * @param policy where they may be
 * @param offered whether new ones are taken
 */
public record HookParts(
    Database database,
    InstantSource clock,
    SecureRandom random,
    FetchPolicy policy,
    HookLimits limits,
    boolean offered) {}
