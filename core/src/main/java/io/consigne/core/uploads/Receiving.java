package io.consigne.core.uploads;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What one upload receives with.
 *
 * @param files the store files that it writes
 * @param memory shared with all uploads
 * @param ring how many blocks of the memory it may use at once
 * @param threads hash
 * @param smallBytes the size up to which contents share a store file
 */
record Receiving(
    UploadFiles files, ReceiveMemory memory, Semaphore ring, Executor threads, int smallBytes) {}
