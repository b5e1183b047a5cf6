/**
 * The audit log: who did what to which file, folder or key of an account, from where and when, and
 * what failed.
 *
 * <p>A change and its line are one transaction: what cannot be noted does not happen. Downloads and
 * refusals change nothing; their lines wait a moment, so that reading never waits for the disk and
 * guessing does not fill it. Lines are only ever added, and removed by age alone.
 */
@NullMarked
package io.consigne.core.audit;

import org.jspecify.annotations.NullMarked;
