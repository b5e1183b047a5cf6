package io.consigne.core.keys;

import io.consigne.core.ids.KeyId;
import java.time.LocalDate;

/**
 * What was done with a key on one day, in UTC.
 *
 * @param key the key
 * @param day the day
 * @param calls how often it was shown
 * @param uploadedBytes of the files that it put here
 * @param downloadedBytes that went out for its tokens
 */
public record KeyDay(
    KeyId key, LocalDate day, long calls, long uploadedBytes, long downloadedBytes) {}
