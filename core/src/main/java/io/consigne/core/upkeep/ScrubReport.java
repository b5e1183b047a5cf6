package io.consigne.core.upkeep;

import java.time.Instant;

/**
 * What is known of the stored bytes.
 *
 * @param began when the newest pass began; the epoch if there was none
 * @param completed when the newest complete pass ended; the epoch if there was none
 * @param complete whether the newest pass is complete
 * @param segments that the newest pass has read
 * @param bytes that the newest pass has read
 * @param totalBytes that there are to read
 * @param damaged how many segments are damaged, by this pass or one before
 * @param unread how many segments the newest pass could not read, for want of rights, descriptors
 *     or the like: nothing is known of their bytes
 */
public record ScrubReport(
    Instant began,
    Instant completed,
    boolean complete,
    long segments,
    long bytes,
    long totalBytes,
    long damaged,
    long unread) {}
