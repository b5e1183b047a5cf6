package io.consigne.core.upkeep;

/**
 * What a backup, or a restore, came to.
 *
 * @param storeFiles that there are
 * @param copiedFiles how many of them were copied now
 * @param segments that there are
 * @param bytes of all segments
 * @param copiedBytes how many of them were copied now
 * @param removedFiles store files that the backup needed no longer
 * @param lost segments that could not be copied, because they are damaged
 */
public record BackupReport(
    long storeFiles,
    long copiedFiles,
    long segments,
    long bytes,
    long copiedBytes,
    long removedFiles,
    long lost) {}
