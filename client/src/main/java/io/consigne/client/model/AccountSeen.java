package io.consigne.client.model;

import java.time.Instant;

/**
 * An account as it was told.
 *
 * @param account what was told
 * @param asked when the host was asked, by this process or another of this machine
 */
public record AccountSeen(AccountInfo account, Instant asked) {}
