package io.consigne.core.uploads;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What one upload receives with.
 *
 * @param files where its bytes go
 * @param memory shared with all uploads
 * @param ring how many blocks of the memory it may use at once, alone or with others
 * @param hashing the threads that hash
 * @param writing the threads that write to store files
 * @param smallBytes the size up to which contents are small
 */
record Receiving(
    UploadFiles files,
    ReceiveMemory memory,
    Semaphore ring,
    Executor hashing,
    Executor writing,
    int smallBytes) {}
