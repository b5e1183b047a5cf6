package io.consigne.core.uploads;

import io.consigne.core.accounts.Plan;

/**
 * What a plan says of the files of one upload.
 *
 * @param largestFileBytes how many bytes one may have
 * @param filesPerUpload how many there may be
 */
record FileLimits(long largestFileBytes, int filesPerUpload) {
  static FileLimits of(Plan plan) {
    return new FileLimits(plan.largestFileBytes(), plan.filesPerUpload());
  }
}
