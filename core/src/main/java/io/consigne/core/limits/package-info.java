/**
 * How fast clients may be, and how much they may transfer: one table by plan ({@link
 * io.consigne.core.limits.LimitTable}), buckets that calls are charged to ({@link
 * io.consigne.core.limits.Calls}), and allowances for uploads and downloads ({@link
 * io.consigne.core.limits.Transfers}).
 *
 * <p>A call is charged to its key, its account and its address, to all of them or to none. What is
 * refused costs nothing, so that who waits as long as told is let in.
 */
@NullMarked
package io.consigne.core.limits;

import org.jspecify.annotations.NullMarked;
