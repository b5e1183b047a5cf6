package io.consigne.client.model;

import java.time.Duration;

/**
 * What the processes of this machine remember of a host that was asked too often.
 *
 * @param lockedFor how long nobody may call; zero if calls are free
 * @param level how many flood answers are not forgotten; while there are any, calls are slower
 */
public record FloodState(Duration lockedFor, int level) {}
