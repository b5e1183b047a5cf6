package io.consigne.core.uploads;

/** Which upload, whose, and how much it may carry. */
record UploadHead(UploadId id, Sender sender, FileLimits limits) {}
