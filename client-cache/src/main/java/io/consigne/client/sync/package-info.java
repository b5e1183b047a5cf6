/**
 * Makes one side the same as the other: a folder of this machine and one of a host. First all is
 * compared, then a {@link io.consigne.client.sync.Plan} says what is to be done, then that is done
 * and nothing else.
 *
 * <p>After an upward run each path has exactly one file at the host. What is replaced goes when its
 * successor is stored and verified, so a run that is cut off loses nothing, and the next one ends
 * what it began.
 */
@NullMarked
package io.consigne.client.sync;

import org.jspecify.annotations.NullMarked;
